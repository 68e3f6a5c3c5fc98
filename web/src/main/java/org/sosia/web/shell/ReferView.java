package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.DoctorView;
import org.sosia.sharing.MayNotReferException;
import org.sosia.sharing.Referrals;

/** Backs the card with which a patient, or a record's owner, refers it to a doctor of her choice. */
@Named("refer")
@ViewScoped
public class ReferView implements Serializable {
    private static final List<Duration> TERMS = List.of(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

    @Inject
    Referrals referrals;

    @Inject
    Screen screen;

    private final HashMap<String, String> labels = new HashMap<>();
    private @Nullable String to;
    private Duration term = Duration.ofDays(7);
    private String words = "";

    /** Refers the record; the doctor finds the partial key in her inbox. */
    public void send(@Nullable String record)
            throws NoSuchRecordException, StepUpRequiredException, IntegrityException {
        var chosen = to;
        if (chosen == null || chosen.isBlank()) {
            screen.refuseAt("refer:to", "refer.choose");
            return;
        }
        UUID id = Identifiers.parse(record).orElseThrow(NoSuchRecordException::new);
        try {
            var made = referrals.refer(id, chosen, Instant.now().plus(term), "", Typed.words(words));
            screen.done("refer.done", made.requesterName());
            to = null;
            words = "";
        } catch (MayNotReferException refused) {
            screen.refuse("refer.refused");
        } catch (InvalidValueException refused) {
            if ("keywords".equals(refused.field())) {
                screen.refuseAt("refer:words", "search.refused");
            } else {
                screen.refuse("refer.refused");
            }
        }
    }

    /** Doctors, by their accounts, in whose name or department what was typed so far is. */
    public List<String> suggest(String typed) throws IntegrityException {
        List<String> found = new ArrayList<>();
        for (DoctorView doctor : referrals.doctors(typed)) {
            labels.put(doctor.subject(), label(doctor));
            found.add(doctor.subject());
        }
        return found;
    }

    private static String label(DoctorView doctor) {
        return doctor.departments().isEmpty()
                ? doctor.name()
                : doctor.name() + " · " + String.join(", ", doctor.departments());
    }

    /** How a doctor who was suggested reads. */
    public String label(@Nullable String doctor) {
        return doctor == null ? "" : labels.getOrDefault(doctor, "");
    }

    public List<Duration> getTerms() {
        return TERMS;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }

    public String getTerm() {
        return term.toString();
    }

    public void setTerm(String term) {
        this.term = Duration.parse(term);
    }
}

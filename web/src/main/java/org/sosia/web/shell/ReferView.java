package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
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
    DoctorChoice doctor;

    @Inject
    Screen screen;

    private Duration term = Duration.ofDays(7);
    private String words = "";

    /** Refers the record; the doctor finds the partial key in her inbox. */
    public void send(@Nullable String record)
            throws NoSuchRecordException, StepUpRequiredException, IntegrityException {
        var chosen = doctor.getAccount();
        if (chosen == null) {
            screen.refuseAt("refer:to", "refer.choose");
            return;
        }
        UUID id = Identifiers.parse(record).orElseThrow(NoSuchRecordException::new);
        try {
            var made = referrals.refer(id, chosen, Instant.now().plus(term), "", Typed.words(words));
            screen.done("refer.done", made.requesterName());
            doctor.setAccount(null);
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

    public List<Duration> getTerms() {
        return TERMS;
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

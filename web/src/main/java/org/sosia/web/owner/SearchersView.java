package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.DoctorView;
import org.sosia.sharing.Referrals;
import org.sosia.similar.NoSuchLeaveException;
import org.sosia.similar.SearchLeave;
import org.sosia.similar.SearchLeaves;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Screen;

/** Backs the page on which an owner says who may search all her images, and takes that back. */
@Named("searchers")
@ViewScoped
public class SearchersView implements Serializable {
    private static final List<Duration> TERMS =
            List.of(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365));

    @Inject
    SearchLeaves leaves;

    @Inject
    Referrals referrals;

    @Inject
    Screen screen;

    private final CursorModel<SearchLeave> rows = new CursorModel<>(this::page);
    private final HashMap<String, String> labels = new HashMap<>();
    private String words = "";
    private @Nullable String to;
    private Duration term = Duration.ofDays(30);
    private boolean distances;
    private boolean pruned;
    private @Nullable UUID considered;
    private String name = "";

    /** Gives the leave that was filled in. */
    public void give() throws IntegrityException {
        var chosen = to;
        if (chosen == null || chosen.isBlank()) {
            screen.refuseAt("give:to", "refer.choose");
            return;
        }
        try {
            var given = leaves.give(chosen, distances, pruned, Instant.now().plus(term));
            screen.done(given.pruned() ? "searchers.given-pruned" : "searchers.given", given.name());
            to = null;
            distances = false;
            pruned = false;
            rows.restart();
        } catch (InvalidValueException gone) {
            screen.refuse("searchers.refused");
        }
    }

    /** The dialog is about this leave from now on. */
    public void consider(SearchLeave leave) {
        considered = leave.id();
        name = leave.name();
    }

    /** Takes the leave back that the dialog is about. */
    public void takeBack() {
        var leave = considered;
        if (leave == null) {
            return;
        }
        try {
            leaves.takeBack(leave);
            screen.done("searchers.taken", name);
        } catch (NoSuchLeaveException gone) {
            screen.refuse("searchers.gone");
        }
        considered = null;
        rows.restart();
    }

    /** The leaves of doctors in whose names the words are. All are read at once, so a cursor is a place in that list. */
    private Page<SearchLeave> page(@Nullable String after, int limit) throws IntegrityException {
        String part = words.strip().toLowerCase(Locale.ROOT);
        List<SearchLeave> found = leaves.list().stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        int from = after == null ? 0 : Math.min(Integer.parseInt(after), found.size());
        int until = Math.min(from + limit, found.size());
        return new Page<>(found.subList(from, until), until < found.size() ? Integer.toString(until) : null);
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

    public CursorModel<SearchLeave> getRows() {
        return rows;
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

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    public String getTerm() {
        return term.toString();
    }

    public void setTerm(String term) {
        this.term = Duration.parse(term);
    }

    public boolean isDistances() {
        return distances;
    }

    public void setDistances(boolean distances) {
        this.distances = distances;
    }

    public boolean isPruned() {
        return pruned;
    }

    public void setPruned(boolean pruned) {
        this.pruned = pruned;
    }

    /** The doctor whom the dialog is about. */
    public String getName() {
        return name;
    }
}

package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.similar.NoSuchLeaveException;
import org.sosia.similar.SearchLeave;
import org.sosia.similar.SearchLeaves;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.DoctorChoice;
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
    DoctorChoice doctor;

    @Inject
    Screen screen;

    private final CursorModel<SearchLeave> rows = new CursorModel<>(this::page);
    private String words = "";
    private Duration term = Duration.ofDays(30);
    private boolean distances;
    private boolean pruned;
    private @Nullable UUID considered;
    private String name = "";

    /** Gives the leave that was filled in. */
    public void give() throws IntegrityException {
        var chosen = doctor.getAccount();
        if (chosen == null) {
            screen.refuseAt("give:to", "refer.choose");
            return;
        }
        try {
            var given = leaves.give(chosen, distances, pruned, Instant.now().plus(term));
            screen.done(given.pruned() ? "searchers.given-pruned" : "searchers.given", given.name());
            doctor.setAccount(null);
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

    /** The leaves of doctors in whose names the words are. */
    private Page<SearchLeave> page(@Nullable String after, int limit) throws IntegrityException {
        String part = words.strip().toLowerCase(Locale.ROOT);
        List<SearchLeave> found = leaves.list().stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        return CursorModel.cut(found, after, limit);
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

package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Inbox;
import org.sosia.sharing.InboxResult;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.TooManyTestsException;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Screen;
import org.sosia.web.shell.Typed;

/** Backs the card with which a doctor finds what was referred to her by words. Nothing is tested before she asks; older referrals only when she asks again. */
@Named("inbox")
@ViewScoped
public class InboxView implements Serializable {
    @Inject
    Inbox inbox;

    @Inject
    Screen screen;

    private String words = "";
    private boolean all = true;
    private boolean asked;
    private final ArrayList<String> typed = new ArrayList<>();
    private boolean typedAll = true;
    private @Nullable String older;
    private int referrals;
    private int sought;
    private int tests;
    private transient @Nullable List<RequestView> found;
    private final CursorModel<RequestView> rows = new CursorModel<>(this::page);

    /** Looks among the newest. */
    public void find() throws IntegrityException {
        typed.clear();
        typed.addAll(Typed.words(words));
        typedAll = all;
        again();
    }

    private void again() throws IntegrityException {
        found = new ArrayList<>();
        asked = false;
        older = null;
        referrals = 0;
        tests = 0;
        look();
    }

    /** Looks for the same among those before, and shows what it finds with the rest. */
    public void more() throws IntegrityException {
        if (found == null) {
            again();
        } else {
            look();
        }
    }

    private void look() throws IntegrityException {
        try {
            InboxResult result = inbox.find(typed, typedAll, older);
            found().addAll(result.items());
            older = result.next();
            referrals += result.learned().referrals();
            tests += result.learned().tests();
            sought = result.learned().words();
            asked = true;
        } catch (InvalidValueException refused) {
            screen.refuseAt("referred:words", "inbox.refused");
        } catch (TooManyTestsException tooMany) {
            screen.refuse("similar.too-many");
        }
        rows.restart();
    }

    private List<RequestView> found() {
        var known = found;
        if (known == null) {
            known = new ArrayList<>();
            found = known;
        }
        return known;
    }

    private Page<RequestView> page(@Nullable String after, int limit) throws IntegrityException {
        if (asked && found == null) {
            again();
        }
        return CursorModel.cut(found(), after, limit);
    }

    public CursorModel<RequestView> getRows() {
        return rows;
    }

    /** Whether something was looked for on this page. */
    public boolean isAsked() {
        return asked;
    }

    /** Whether there are older referrals that were not tested. */
    public boolean isCut() {
        return older != null;
    }

    /** How many referrals were tested. */
    public int getReferrals() {
        return referrals;
    }

    /** For how many words. */
    public int getSought() {
        return sought;
    }

    /** How many comparisons that were. */
    public int getTests() {
        return tests;
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }

    public boolean isAll() {
        return all;
    }

    public void setAll(boolean all) {
        this.all = all;
    }
}

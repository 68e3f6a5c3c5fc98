package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.OrderRefusedException;
import org.sosia.issuing.OrderView;
import org.sosia.issuing.Recoveries;
import org.sosia.issuing.RecoveryReceipt;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;

/** Backs the page on which a person asks for another key in the place of a lost one. */
@Named("ownKey")
@ViewScoped
public class OwnKeyView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Recoveries recoveries;

    @Inject
    Screen screen;

    private transient @Nullable List<OrderView> rows;
    private @Nullable String note;

    /** Asks for another key, which the hospital draws and keeps. */
    public void ask() throws StepUpRequiredException, IntegrityException {
        try {
            recoveries.ask(note == null ? "" : note, null);
            screen.done("own-key.asked");
            note = null;
        } catch (InvalidValueException tooLong) {
            screen.refuse("own-key.note-rule");
        } catch (OrderRefusedException refused) {
            screen.refuse("orders.why." + Words.code(refused.why()));
        }
        rows = null;
    }

    /** The reader's recoveries, newest first. */
    public List<OrderView> getRows() throws IntegrityException {
        List<OrderView> known = rows;
        if (known == null) {
            known = recoveries.mine();
            rows = known;
        }
        return known;
    }

    /** Looks again at what may have changed by itself. */
    public void refresh() {
        rows = null;
    }

    /** A receipt as a file: what is signed, then signature and certificate. */
    public String text(RecoveryReceipt receipt) {
        return receipt.statement() + "\nsignature " + receipt.signature() + "\ncertificate " + receipt.certificate()
                + "\n";
    }

    public @Nullable String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note;
    }
}

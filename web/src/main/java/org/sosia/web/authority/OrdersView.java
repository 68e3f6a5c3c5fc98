package org.sosia.web.authority;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.Issuing;
import org.sosia.issuing.NoSuchOrderException;
import org.sosia.issuing.OrderRefusedException;
import org.sosia.issuing.OrderView;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;
import org.sosia.web.shell.Words;

/** Backs the page on which key authorities give their parts of persons' keys. */
@Named("orders")
@ViewScoped
public class OrdersView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Issuing issuing;

    @Inject
    Screen screen;

    private transient @Nullable List<OrderView> rows;
    private @Nullable UUID chosen;
    private String name = "";
    private String reason = "";
    private boolean parted;
    private @Nullable String seatKey;
    private @Nullable String identity;

    /** The dialog is about this order from now on. */
    public void choose(OrderView order) {
        chosen = order.id();
        name = order.name();
        reason = order.reason();
    }

    /** Gives the reader's part of the chosen key. */
    public void give() throws StepUpRequiredException, IntegrityException {
        if (chosen == null) {
            return;
        }
        try {
            OrderView after = issuing.give(chosen, typed(seatKey), typed(identity));
            screen.done(after.state().equals("ISSUED") ? "orders.issued" : "orders.given", name);
        } catch (TypingErrorException slip) {
            screen.refuse("council.typing-error");
        } catch (InvalidValueException missing) {
            screen.refuse("orders.identity-missing");
        } catch (OrderRefusedException refused) {
            screen.refuse(word(refused));
        } catch (NoSuchOrderException gone) {
            screen.refuse("orders.why.decided");
        }
        forget();
    }

    /** Gives the reader's part of every key that waits for it, recoveries left out. */
    public void giveAll() throws StepUpRequiredException, IntegrityException {
        try {
            screen.done("orders.given-all", issuing.giveAll(typed(seatKey)));
        } catch (TypingErrorException slip) {
            screen.refuse("council.typing-error");
        } catch (OrderRefusedException refused) {
            screen.refuse(word(refused));
        }
        forget();
    }

    /** Refuses the recovery of this number, wherever it stands in the list by now. */
    public void refuse(String order) throws StepUpRequiredException, IntegrityException {
        try {
            issuing.refuse(Identifiers.parse(order).orElseThrow(NoSuchOrderException::new));
            screen.done("orders.refused");
        } catch (OrderRefusedException refused) {
            screen.refuse(word(refused));
        } catch (NoSuchOrderException gone) {
            screen.refuse("orders.why.decided");
        }
        forget();
    }

    private static String word(OrderRefusedException refused) {
        return "orders.why." + Words.code(refused.why());
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void forget() {
        seatKey = null;
        identity = null;
        rows = null;
    }

    /** Looks again at what may have changed by itself. */
    public void refresh() {
        rows = null;
    }

    /** What waits. */
    public List<OrderView> getRows() throws IntegrityException {
        List<OrderView> known = rows;
        if (known == null) {
            known = issuing.waiting();
            rows = known;
            parted = issuing.isByCouncil();
        }
        return known;
    }

    /** Whether a council makes keys, so that seat keys are asked for. */
    public boolean isByCouncil() throws IntegrityException {
        getRows();
        return parted;
    }

    public String getName() {
        return name;
    }

    /** Whether the chosen order is a recovery, so that identity has to be verified. */
    public boolean isRecovery() {
        return reason.equals("RECOVERY");
    }

    /** Never written back into the page. */
    public @Nullable String getSeatKey() {
        return null;
    }

    public void setSeatKey(@Nullable String seatKey) {
        this.seatKey = seatKey;
    }

    public @Nullable String getIdentity() {
        return identity;
    }

    public void setIdentity(@Nullable String identity) {
        this.identity = identity;
    }
}

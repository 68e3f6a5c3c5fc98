package org.sosia.issuing;

import jakarta.ejb.ApplicationException;

/** A part, a word or a request cannot be taken: the caller reads why, and what the order says now. */
@ApplicationException(rollback = true)
public final class OrderRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why it is refused. */
    public enum Why {
        /** The order waits no more, or the caller gave her part before. */
        DECIDED,
        /** The order was for what the person held then; another one has taken its place. */
        OUTDATED,
        /** Nobody helps to make her own key. */
        OWN,
        /** The caller has no seat in the council. */
        NO_SEAT,
        /** That is not the key of the caller's seat. */
        WRONG_SEAT_KEY,
        /** The part is not what her share makes for this order; the security desk was told. */
        WRONG_PART,
        /** Only what was asked for by the person herself can be refused. */
        NOT_REFUSABLE,
        /** The caller has no key yet that she could have lost. */
        NO_KEY_YET,
        /** The request was made for another sign-in, or without knowing the key. */
        WRONG_REQUEST
    }

    OrderRefusedException(Why why) {
        super("an order is refused");
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}

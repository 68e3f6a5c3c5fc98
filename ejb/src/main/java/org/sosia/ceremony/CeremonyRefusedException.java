package org.sosia.ceremony;

import jakarta.ejb.ApplicationException;

/** A step of a ceremony is not to be taken now, or not by the caller: she looks at how far it is, and who has still to do what. */
@ApplicationException(rollback = true)
public final class CeremonyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why a step is refused. */
    public enum Why {
        /** Another ceremony is under way. */
        UNDER_WAY,
        /** Another master key is about to take the hospital's place: it is dealt once that is done. */
        ROTATING,
        /** It is not this step's turn, or the caller took it before. */
        NOT_NOW,
        /** The caller has no part in this step. */
        NOT_YOURS,
        /** That is not the key of the caller's seat. */
        WRONG_SEAT_KEY,
        /** Somebody else took a step at the same moment; try again. */
        CHANGED
    }

    CeremonyRefusedException(Why why) {
        super("a step of the ceremony is refused");
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}

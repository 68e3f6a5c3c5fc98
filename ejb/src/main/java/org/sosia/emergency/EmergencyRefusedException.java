package org.sosia.emergency;

import jakarta.ejb.ApplicationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plea or an answer is not taken; nothing of it was kept. */
@ApplicationException(rollback = true)
public final class EmergencyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;
    private final @Nullable String contact;

    /** Why it is not taken. A screen has words of its own for each. */
    public enum Why {
        /** Too few trustees are there for the records ever to open. */
        TOO_FEW_TRUSTEES,
        /** The caller has pleaded as often as is taken in a day. */
        TOO_OFTEN,
        /** Nobody answers her own plea. */
        OWN,
        /** The plea stands no more, or was answered by the caller before. */
        OVER
    }

    EmergencyRefusedException(Why why) {
        this(why, null);
    }

    EmergencyRefusedException(Why why, @Nullable String contact) {
        super("the plea is not taken");
        this.why = why;
        this.contact = contact;
    }

    /** Why. */
    public Why why() {
        return why;
    }

    /** Whom to call instead, as the hospital says; empty if it says nothing, or a call would not help. */
    public Optional<String> contact() {
        return Optional.ofNullable(contact);
    }
}

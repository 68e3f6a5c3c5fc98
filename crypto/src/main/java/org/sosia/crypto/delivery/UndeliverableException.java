package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;

/** A delivered secret does not open: it was sealed to somebody else, for another context, or changed on the way. */
public final class UndeliverableException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    UndeliverableException() {
        super("this delivery does not open");
    }
}

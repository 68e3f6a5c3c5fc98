package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;

/**
 * The keys presented do not open this slot: one of them is wrong, or the slot was exchanged.
 *
 * <p>Whoever opens an envelope meets it. Which of the keys is the wrong one cannot be told, by nobody.
 */
public final class WrongKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongKeyException() {
        super("these keys do not open this envelope");
    }
}

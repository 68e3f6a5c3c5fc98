package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;

/**
 * A re-key's target opened, but what was inside is not what the owner signed: the owner, or whoever made the re-key for them, made it wrongly.
 *
 * <p>Whoever opens a target meets it and gets nothing; only the owner can issue another.
 */
public final class DishonestReKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    DishonestReKeyException() {
        super("this re-key does not lead where its owner says");
    }
}

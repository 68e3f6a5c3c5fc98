package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class Delivery {
    private Delivery() {}

    public static byte[] seal(byte[] publicKey, byte[] context, byte[] secret) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

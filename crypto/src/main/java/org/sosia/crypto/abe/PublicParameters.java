package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class PublicParameters {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static PublicParameters decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

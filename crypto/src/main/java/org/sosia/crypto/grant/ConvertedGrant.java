package org.sosia.crypto.grant;

import java.security.GeneralSecurityException;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConvertedGrant {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static ConvertedGrant decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

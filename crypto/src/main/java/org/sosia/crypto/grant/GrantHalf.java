package org.sosia.crypto.grant;

import java.security.GeneralSecurityException;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class GrantHalf {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static GrantHalf decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public ConvertedGrant convert(Approvable header) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

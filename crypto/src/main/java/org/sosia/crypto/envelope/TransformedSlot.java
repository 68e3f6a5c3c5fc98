package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class TransformedSlot {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static TransformedSlot decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

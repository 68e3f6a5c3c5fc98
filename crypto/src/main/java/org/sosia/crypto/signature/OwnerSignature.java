package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class OwnerSignature {
    public byte[] signature() {
        throw new UnsupportedOperationException();
    }

    public X509Certificate certificate() {
        throw new UnsupportedOperationException();
    }

    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static OwnerSignature decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public void verify(byte[] message, String owner, X509Certificate ca) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}

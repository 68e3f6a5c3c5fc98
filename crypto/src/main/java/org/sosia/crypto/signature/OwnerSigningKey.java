package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class OwnerSigningKey implements SecretMaterial {
    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static OwnerSigningKey decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public OwnerSignature sign(byte[] message) {
        throw new UnsupportedOperationException();
    }

    public X509Certificate certificate() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "OwnerSigningKey[secret]";
    }
}

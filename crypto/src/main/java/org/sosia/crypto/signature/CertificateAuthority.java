package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class CertificateAuthority implements SecretMaterial {
    public static CertificateAuthority generate(String commonName) {
        throw new UnsupportedOperationException();
    }

    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static CertificateAuthority decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public X509Certificate certificate() {
        throw new UnsupportedOperationException();
    }

    public OwnerSigningKey issue(String owner) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "CertificateAuthority[secret]";
    }
}

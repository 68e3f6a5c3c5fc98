package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class PersonKey implements SecretMaterial {
    public static PersonKey generate() {
        throw new UnsupportedOperationException();
    }

    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static PersonKey decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public byte[] publicKey() {
        throw new UnsupportedOperationException();
    }

    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "PersonKey[secret]";
    }
}

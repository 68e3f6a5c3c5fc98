package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Set;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class MasterSecretKey implements SecretMaterial {
    public static MasterSecretKey generate() {
        throw new UnsupportedOperationException();
    }

    public PublicParameters publicParameters() {
        throw new UnsupportedOperationException();
    }

    public UserKeys keyGen(Set<Attribute> held) {
        throw new UnsupportedOperationException();
    }

    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static MasterSecretKey decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "MasterSecretKey[secret]";
    }
}

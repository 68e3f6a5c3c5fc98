package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class CollectionKeys implements SecretMaterial {
    public static CollectionKeys generate() {
        throw new UnsupportedOperationException();
    }

    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static CollectionKeys decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public IssuedGrant issueGrant() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "CollectionKeys[secret]";
    }
}

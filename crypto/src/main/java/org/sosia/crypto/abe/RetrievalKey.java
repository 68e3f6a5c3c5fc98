package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class RetrievalKey implements SecretMaterial {
    public SecretBytes encode() {
        throw new UnsupportedOperationException();
    }

    public static RetrievalKey decode(SecretBytes encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "RetrievalKey[secret]";
    }
}

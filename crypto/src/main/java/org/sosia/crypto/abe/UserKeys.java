package org.sosia.crypto.abe;

import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class UserKeys implements SecretMaterial {
    public TransformKey transformKey() {
        throw new UnsupportedOperationException();
    }

    public RetrievalKey retrievalKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "UserKeys[secret]";
    }
}

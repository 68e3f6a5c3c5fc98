package org.sosia.crypto.abe;

import org.sosia.crypto.secret.SecretMaterial;

/** What {@link MasterSecretKey#keyGen} issues for one person: both together decrypt, neither does alone. */
public final class UserKeys implements SecretMaterial {
    private final TransformKey transformKey;
    private final RetrievalKey retrievalKey;

    UserKeys(TransformKey transformKey, RetrievalKey retrievalKey) {
        this.transformKey = transformKey;
        this.retrievalKey = retrievalKey;
    }

    /**
     * For the cloud.
     *
     * @return the heavy half
     */
    public TransformKey transformKey() {
        return transformKey;
    }

    /**
     * For the person.
     *
     * @return the secret half
     */
    public RetrievalKey retrievalKey() {
        return retrievalKey;
    }

    @Override
    public String toString() {
        return "UserKeys[secret]";
    }
}

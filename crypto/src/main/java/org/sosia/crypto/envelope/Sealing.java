package org.sosia.crypto.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.OwnerSigningKey;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class Sealing implements SecretMaterial, AutoCloseable {
    public static Sealing begin(
            UUID record,
            int version,
            String owner,
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection) {
        throw new UnsupportedOperationException();
    }

    public OutputStream encrypting(OutputStream sink) throws IOException {
        throw new UnsupportedOperationException();
    }

    public Header finish(byte[] metadataDigest, OwnerSigningKey signer) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "Sealing[secret]";
    }
}

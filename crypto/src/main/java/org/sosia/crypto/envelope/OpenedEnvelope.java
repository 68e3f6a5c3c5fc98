package org.sosia.crypto.envelope;

import java.io.IOException;
import java.io.InputStream;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class OpenedEnvelope implements SecretMaterial, AutoCloseable {
    public InputStream decrypting(InputStream sealed) throws IOException {
        throw new UnsupportedOperationException();
    }

    public InputStream decryptingRange(SealedSource source, long from, long length) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "OpenedEnvelope[secret]";
    }
}

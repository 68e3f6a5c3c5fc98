package org.sosia.crypto.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.sosia.crypto.secret.SecretBytes;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class ChunkedEncryption {
    public static final int CHUNK_BYTES = 16_384;
    public static final int SEALED_CHUNK_BYTES = 16_400;
    public static final int PREFIX_BYTES = 56;

    private ChunkedEncryption() {}

    public static OutputStream encrypting(OutputStream sink, SecretBytes key, byte[] context) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static InputStream decrypting(InputStream source, SecretBytes key, byte[] context) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static InputStream decryptingRange(
            SealedSource source, SecretBytes key, byte[] context, long from, long length) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static long sealedLength(long plaintextBytes) {
        throw new UnsupportedOperationException();
    }

    public static byte[] seal(SecretBytes key, byte[] context, byte[] plaintext) {
        throw new UnsupportedOperationException();
    }

    public static byte[] open(SecretBytes key, byte[] context, byte[] sealed) throws TamperedContentException {
        throw new UnsupportedOperationException();
    }

    public static void warmUp() {}
}

package org.sosia.crypto.envelope;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.encoding.Digests;

/** Passes sealed bytes on, counts and hashes them, and remembers the first 56. */
final class PayloadSink extends FilterOutputStream {
    private final MessageDigest digest = Digests.newSha256();
    private final byte[] prefix = new byte[ChunkedEncryption.PREFIX_BYTES];
    private long length;

    PayloadSink(OutputStream sink) {
        super(sink);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        if (length < prefix.length) {
            int position = (int) length;
            System.arraycopy(b, off, prefix, position, Math.min(len, prefix.length - position));
        }
        digest.update(b, off, len);
        length += len;
        out.write(b, off, len);
    }

    long length() {
        return length;
    }

    byte[] prefix() {
        return Arrays.copyOf(prefix, prefix.length);
    }

    /** To be called once, at the end. */
    byte[] digest() {
        return digest.digest();
    }
}

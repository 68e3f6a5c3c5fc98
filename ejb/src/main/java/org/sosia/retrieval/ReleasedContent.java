package org.sosia.retrieval;

import java.io.IOException;
import java.io.InputStream;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.envelope.OpenedEnvelope;

/**
 * A content on its way out. The padding behind it is read and verified before its last bytes are handed over, so that a reader who
 * got them all got a content that is whole. Closing it wipes the record's key.
 */
final class ReleasedContent extends InputStream {

    private final OpenedEnvelope envelope;
    private final InputStream clear;
    private final boolean whole;
    private final Runnable onTampering;
    private long left;
    private boolean begun;

    /**
     * @param clear the decrypted content
     * @param length how many bytes of it to release
     * @param whole whether {@code clear} runs to the end of the sealed content, padding included
     * @param onTampering told when a chunk after the first turns out not to be what was sealed: by then nobody is left to whom
     *     an exception could be an answer
     */
    ReleasedContent(OpenedEnvelope envelope, InputStream clear, long length, boolean whole, Runnable onTampering) {
        this.envelope = envelope;
        this.clear = clear;
        this.left = length;
        this.onTampering = onTampering;
        this.whole = whole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        try {
            int n = verified(target, offset, length);
            begun = true;
            return n;
        } catch (TamperedContentException tampered) {
            if (begun) {
                onTampering.run();
            }
            throw tampered;
        }
    }

    private int verified(byte[] target, int offset, int length) throws IOException {
        int n = clear.read(target, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new IOException("the content ends before its length");
        }
        left -= n;
        if (left == 0 && whole) {
            verifyTheRest();
        }
        return n;
    }

    private void verifyTheRest() throws IOException {
        byte[] padding = new byte[1 << 14];
        int n = clear.read(padding);
        while (n >= 0) {
            n = clear.read(padding);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            clear.close();
        } finally {
            envelope.close();
        }
    }
}

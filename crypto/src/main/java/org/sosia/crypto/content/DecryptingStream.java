package org.sosia.crypto.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads sealed chunks and hands out their plaintext, a chunk only after its tag was checked.
 *
 * <p>Once a chunk was refused every further read is refused too, so nobody mistakes the refusal for the end.
 */
final class DecryptingStream extends InputStream {
    /** Read on until the short last chunk: the end of the message is then authenticated. */
    static final long TO_THE_END = Long.MAX_VALUE;

    private final InputStream source;
    private final ChunkCipher chunks;
    private final byte[] sealed = new byte[ChunkedEncryption.SEALED_CHUNK_BYTES];
    private final byte[] plaintext = new byte[ChunkedEncryption.CHUNK_BYTES];
    private int position;
    private int limit;
    private int skip;
    private long remaining;
    private long chunk;
    private boolean ended;

    @Nullable
    private TamperedContentException refusal;

    /**
     * @param source at the first byte of chunk {@code firstChunk}
     * @param skip bytes of the first chunk that are not wanted
     * @param remaining bytes wanted after them, or {@link #TO_THE_END}
     */
    DecryptingStream(InputStream source, ChunkCipher chunks, long firstChunk, int skip, long remaining) {
        this.source = source;
        this.chunks = chunks;
        this.chunk = firstChunk;
        this.skip = skip;
        this.remaining = remaining;
    }

    @Override
    public int read() throws IOException {
        if (position == limit && !refill()) {
            return -1;
        }
        return plaintext[position++] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        if (len == 0) {
            return 0;
        }
        if (position == limit && canDecryptInto(len)) {
            int direct = nextChunk(b, off);
            if (direct != 0) {
                return direct;
            }
        }
        if (position == limit && !refill()) {
            return -1;
        }
        int taken = Math.min(len, limit - position);
        System.arraycopy(plaintext, position, b, off, taken);
        position += taken;
        return taken;
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(plaintext, (byte) 0);
        position = limit;
        ended = true;
        source.close();
    }

    /** A whole chunk fits and is wanted: it is decrypted where the caller wants it, without a copy. */
    private boolean canDecryptInto(int len) {
        return skip == 0 && len >= ChunkedEncryption.CHUNK_BYTES && remaining >= ChunkedEncryption.CHUNK_BYTES;
    }

    private boolean refill() throws IOException {
        while (position == limit) {
            int length = nextChunk(plaintext, 0);
            if (length < 0) {
                return false;
            }
            position = Math.min(skip, length);
            limit = (int) Math.min(length, position + wanted());
            skip = 0;
            if (remaining != TO_THE_END) {
                remaining -= limit - position;
            }
        }
        return true;
    }

    private long wanted() {
        return Math.min(remaining, ChunkedEncryption.CHUNK_BYTES);
    }

    /** @return plaintext bytes, 0 for an empty last chunk, or -1 at the end */
    private int nextChunk(byte[] to, int off) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (ended || remaining == 0) {
            return -1;
        }
        int read = source.readNBytes(sealed, 0, sealed.length);
        try {
            int length = chunks.decrypt(chunk, sealed, 0, read, to, off);
            chunk++;
            ended = read < sealed.length;
            if (to != plaintext && remaining != TO_THE_END) {
                remaining -= length;
            }
            return length;
        } catch (TamperedContentException e) {
            refusal = e;
            throw e;
        }
    }
}

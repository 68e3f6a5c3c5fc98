package org.sosia.crypto.content;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Cuts what is written into chunks and encrypts each as soon as it is full; {@link #close()} writes the short last one. */
final class EncryptingStream extends OutputStream {
    private final OutputStream sink;
    private final ChunkCipher chunks;
    private final byte[] plaintext = new byte[ChunkedEncryption.CHUNK_BYTES];
    private final byte[] sealed = new byte[ChunkedEncryption.SEALED_CHUNK_BYTES];
    private int filled;
    private long chunk;
    private boolean closed;

    EncryptingStream(OutputStream sink, ChunkCipher chunks) {
        this.sink = sink;
        this.chunks = chunks;
    }

    @Override
    public void write(int b) throws IOException {
        requireOpen();
        plaintext[filled++] = (byte) b;
        if (filled == plaintext.length) {
            emitBuffer();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        requireOpen();
        int from = off;
        int end = off + len;
        while (from < end) {
            if (filled == 0 && end - from >= plaintext.length) {
                emit(b, from, plaintext.length);
                from += plaintext.length;
                continue;
            }
            int taken = Math.min(end - from, plaintext.length - filled);
            System.arraycopy(b, from, plaintext, filled, taken);
            filled += taken;
            from += taken;
            if (filled == plaintext.length) {
                emitBuffer();
            }
        }
    }

    /** Passes on what is already encrypted; a chunk that is not full stays here. */
    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        emitBuffer();
        Arrays.fill(plaintext, (byte) 0);
        sink.flush();
    }

    private void emitBuffer() throws IOException {
        int length = filled;
        filled = 0;
        emit(plaintext, 0, length);
    }

    private void emit(byte[] from, int off, int len) throws IOException {
        int written = chunks.encrypt(chunk, from, off, len, sealed, 0);
        chunk++;
        sink.write(sealed, 0, written);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the message has ended");
        }
    }
}

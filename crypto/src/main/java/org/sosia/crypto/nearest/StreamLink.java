package org.sosia.crypto.nearest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Frames over streams. A long frame is received as it arrives, so that a length alone makes nobody allocate. */
final class StreamLink implements Link {
    private static final int BUFFER_BYTES = 1 << 16;

    private final DataInputStream in;
    private final OutputStream out;
    private final Object writing = new Object();

    StreamLink(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
        this.out = out;
    }

    @Override
    public void send(byte[] frame) throws IOException {
        if (frame.length > MOST_FRAME_BYTES) {
            throw new IllegalArgumentException("the frame is too long");
        }
        byte[] prefixed = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
        synchronized (writing) {
            out.write(prefixed);
            out.flush();
        }
    }

    @Override
    public byte[] receive() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_FRAME_BYTES) {
            throw new IOException("a frame announces too many bytes");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new IOException("the link ended inside a frame");
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            // Both are closed, whichever fails.
        }
    }
}

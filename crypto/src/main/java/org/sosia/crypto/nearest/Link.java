package org.sosia.crypto.nearest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The one connection between the two servers: whole frames, in order, both ways, many searches at once. Whoever makes a link over a network
 * sees to its encryption and to the other end's authenticity (TLS with certificates of both).
 */
public interface Link extends Closeable {
    /** No frame is longer: the largest one of a million rows needs ten megabytes. */
    int MOST_FRAME_BYTES = 32 << 20;

    /**
     * Sends one frame. Calls of several threads do not mix.
     *
     * @param frame at most {@value #MOST_FRAME_BYTES} bytes; not changed by anybody afterwards
     * @throws IOException if the link is broken
     */
    void send(byte[] frame) throws IOException;

    /**
     * Waits for the next frame; one thread at a time.
     *
     * @return the frame
     * @throws IOException if the link is broken or closed, or a frame announces more than {@value #MOST_FRAME_BYTES} bytes
     */
    byte[] receive() throws IOException;

    /**
     * A link over two streams, for servers in two processes: each frame is preceded by its length in four bytes.
     *
     * @param in from the other server
     * @param out to the other server
     * @return this server's end; closing it closes both streams
     */
    static Link over(InputStream in, OutputStream out) {
        return new StreamLink(in, out);
    }

    /**
     * Both ends of a link inside one process.
     *
     * @return the end of A and the end of B
     */
    static Pair pair() {
        return MemoryLink.pair();
    }

    /**
     * Two ends of one link.
     *
     * @param a for server A
     * @param b for server B
     */
    record Pair(Link a, Link b) {}
}

package org.sosia.crypto.nearest;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Frames handed over inside one process. */
final class MemoryLink implements Link {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> incoming;
    private final BlockingQueue<byte[]> outgoing;
    private volatile boolean closed;

    private MemoryLink(BlockingQueue<byte[]> incoming, BlockingQueue<byte[]> outgoing) {
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    static Pair pair() {
        BlockingQueue<byte[]> toA = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> toB = new LinkedBlockingQueue<>();
        return new Pair(new MemoryLink(toA, toB), new MemoryLink(toB, toA));
    }

    @Override
    public void send(byte[] frame) throws IOException {
        if (closed) {
            throw new IOException("the link is closed");
        }
        outgoing.add(frame);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the end is that one array, not every empty frame
    public byte[] receive() throws IOException {
        try {
            byte[] frame = incoming.take();
            if (frame == END) {
                incoming.add(END);
                throw new IOException("the link is closed");
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        outgoing.add(END);
        incoming.add(END);
    }
}

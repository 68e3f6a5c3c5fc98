package org.sosia.crypto.nearest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/**
 * Many searches over one {@link Link}: one thread reads at all times and hands each frame to its search, so that two servers that send long
 * frames at the same moment never wait for each other. Lives as long as the link; a broken link fails every search.
 */
final class Conversations implements Closeable {
    /** The peer is at most two frames ahead: both send, then both read. */
    private static final int MOST_FRAMES_AHEAD = 4;

    /** Searches that the peer began and this server has not, or has already ended; the oldest is forgotten first. */
    private static final int MOST_UNCLAIMED = 64;

    private static final byte[] BROKEN = new byte[0];

    private final Link link;
    private final Duration timeout;
    private final Map<UUID, BlockingQueue<byte[]>> claimed = new LinkedHashMap<>();
    private final Map<UUID, BlockingQueue<byte[]>> unclaimed = new LinkedHashMap<>();
    private boolean broken;

    Conversations(Link link, Duration timeout) {
        this.link = link;
        this.timeout = timeout;
        Thread reader = new Thread(this::read, "sosia-search-link");
        reader.setDaemon(true);
        reader.start();
    }

    Conversation open(UUID id) throws SearchRefusedException {
        return new Conversation(id, this, claim(id), timeout);
    }

    private synchronized BlockingQueue<byte[]> claim(UUID id) throws SearchRefusedException {
        BlockingQueue<byte[]> waiting = unclaimed.remove(id);
        BlockingQueue<byte[]> frames = waiting == null ? new ArrayBlockingQueue<>(MOST_FRAMES_AHEAD) : waiting;
        if (broken || claimed.putIfAbsent(id, frames) != null) {
            throw new SearchRefusedException(broken ? Reason.PEER_UNAVAILABLE : Reason.TOKEN_SPENT_OR_UNKNOWN);
        }
        return frames;
    }

    synchronized boolean works() {
        return !broken;
    }

    synchronized void end(UUID id) {
        claimed.remove(id);
    }

    void send(byte[] frame) throws SearchRefusedException {
        try {
            link.send(frame);
        } catch (IOException e) {
            fail();
            throw new SearchRefusedException(Reason.PEER_UNAVAILABLE, e);
        }
    }

    private void read() {
        try {
            while (deliver(link.receive())) {}
        } catch (IOException e) {
            // The searches under way learn it from the mark in their queues.
        } finally {
            fail();
        }
    }

    /** False if the peer breaks the protocol, after which nothing it sends can be trusted to be in step. */
    private synchronized boolean deliver(byte[] frame) {
        if (frame.length < Conversation.HEAD_BYTES) {
            return false;
        }
        ByteBuffer head = ByteBuffer.wrap(frame);
        UUID id = new UUID(head.getLong(), head.getLong());
        BlockingQueue<byte[]> frames = claimed.get(id);
        if (frames == null) {
            frames = unclaimed.computeIfAbsent(id, any -> new ArrayBlockingQueue<>(MOST_FRAMES_AHEAD));
            if (unclaimed.size() > MOST_UNCLAIMED) {
                unclaimed.remove(unclaimed.keySet().iterator().next());
            }
        }
        return frames.offer(frame);
    }

    private synchronized void fail() {
        broken = true;
        for (BlockingQueue<byte[]> frames : claimed.values()) {
            frames.clear();
            frames.add(BROKEN);
        }
        unclaimed.clear();
        try {
            link.close();
        } catch (IOException e) {
            // It is of no use any more; a new link replaces it.
        }
    }

    @Override
    public void close() {
        fail();
    }
}

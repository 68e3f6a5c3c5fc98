package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/**
 * What the two servers say to each other about one search. A frame is the token's id (16 bytes), the number of the step (4 bytes), and words of
 * 8 bytes, the lowest byte first; a frame of another step or length ends the search.
 */
final class Conversation implements AutoCloseable {
    static final int HEAD_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** In place of a step: this server stops; one byte of payload says why. */
    private static final int ABANDONED = -1;

    private final UUID id;
    private final Conversations all;
    private final BlockingQueue<byte[]> frames;
    private final Duration timeout;
    private int sent;
    private int received;

    Conversation(UUID id, Conversations all, BlockingQueue<byte[]> frames, Duration timeout) {
        this.id = id;
        this.all = all;
        this.frames = frames;
        this.timeout = timeout;
    }

    /** Both servers send as many words and read the other's. */
    long[] exchange(long[] words) throws SearchRefusedException {
        send(words);
        return receive(words.length);
    }

    void send(long[] words) throws SearchRefusedException {
        byte[] frame = frame(sent++, words.length * Long.BYTES);
        ByteBuffer.wrap(frame, HEAD_BYTES, frame.length - HEAD_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(words);
        all.send(frame);
    }

    private byte[] frame(int step, int payloadBytes) {
        return ByteBuffer.allocate(HEAD_BYTES + payloadBytes)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(step)
                .array();
    }

    long[] receive(int words) throws SearchRefusedException {
        ByteBuffer frame = ByteBuffer.wrap(next());
        if (frame.remaining() < HEAD_BYTES) {
            throw new SearchRefusedException(Reason.PEER_UNAVAILABLE);
        }
        frame.position(2 * Long.BYTES);
        int step = frame.getInt();
        if (step == ABANDONED) {
            throw new SearchRefusedException(reason(frame));
        }
        if (step != received++ || frame.remaining() != words * Long.BYTES) {
            throw new SearchRefusedException(Reason.PEER_UNAVAILABLE);
        }
        long[] result = new long[words];
        frame.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(result);
        return result;
    }

    private byte[] next() throws SearchRefusedException {
        try {
            byte[] frame = frames.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (frame == null) {
                throw new SearchRefusedException(Reason.PEER_UNAVAILABLE);
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchRefusedException(Reason.PEER_UNAVAILABLE, e);
        }
    }

    private static Reason reason(ByteBuffer frame) {
        Reason[] reasons = Reason.values();
        int code = frame.remaining() == 1 ? frame.get() : -1;
        return code >= 0 && code < reasons.length ? reasons[code] : Reason.PEER_UNAVAILABLE;
    }

    /** Tells the other server not to wait. */
    void abandon(Reason reason) {
        try {
            byte[] frame = frame(ABANDONED, 1);
            frame[HEAD_BYTES] = (byte) Arrays.asList(Reason.values()).indexOf(reason);
            all.send(frame);
        } catch (SearchRefusedException e) {
            // Then it has noticed already.
        }
    }

    @Override
    public void close() {
        all.end(id);
    }
}

package org.sosia.persistence;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Cuts content into rows and hands them over in commit groups, one at a time. Holds the group that fills and the one under way,
 * and nothing of the store in between.
 *
 * <p>A sender so slow that no group fills is alive all the same: after {@link #SILENCE} what rows there are, or none, go as a
 * group, which is what tells the sweeper.
 */
final class ContentWriter extends ContentSink {

    /** Far below the patience of any sweeper. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final Steps steps;
    private final Executor threads;
    private final Clock clock;
    private final UUID record;
    private final UUID attempt;
    private final List<byte[]> full = new ArrayList<>(BlobStore.GROUP_ROWS);

    /** Rows that the store has taken, to be filled again: a content of gigabytes costs two groups of memory and no garbage. */
    private final Deque<byte[]> spare = new ArrayDeque<>(2 * BlobStore.GROUP_ROWS);

    private List<byte[]> given = List.of();
    private byte[] row = new byte[BlobStore.ROW_BYTES];
    private int filled;
    private int next;
    private @Nullable Errand<Integer> underWay;
    private Instant handedOver;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED,
        FAILED
    }

    ContentWriter(Steps steps, Executor threads, Clock clock, UUID record, UUID attempt) {
        this.steps = steps;
        this.threads = threads;
        this.clock = clock;
        this.record = record;
        this.attempt = attempt;
        this.handedOver = clock.instant();
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        refuseUnlessOpen();
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int taken = Math.min(end - from, row.length - filled);
            System.arraycopy(bytes, from, row, filled, taken);
            from += taken;
            filled += taken;
            if (filled == row.length) {
                full.add(row);
                filled = 0;
                handOverIf(full.size() == BlobStore.GROUP_ROWS);
                row = spare.isEmpty() ? new byte[BlobStore.ROW_BYTES] : spare.pop();
            }
        }
        handOverIf(clock.instant().isAfter(handedOver.plus(SILENCE)));
    }

    /** Commits what is left. A stream that failed before fails again: it must not pass for complete. */
    @Override
    public void close() throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        refuseUnlessOpen();
        if (filled > 0) {
            full.add(Arrays.copyOf(row, filled));
            filled = 0;
        }
        handOverIf(!full.isEmpty());
        await();
        state = State.CLOSED;
    }

    @Override
    public void giveUp() {
        if (state != State.CLOSED) {
            state = State.FAILED;
        }
        if (underWay != null) {
            underWay.giveUp();
        }
    }

    @Override
    public boolean hasRoomFor(int bytes) {
        int left = (BlobStore.GROUP_ROWS - full.size()) * BlobStore.ROW_BYTES - filled;
        return bytes < left || underWay == null || underWay.isDone();
    }

    private void handOverIf(boolean due) throws IOException {
        if (!due) {
            return;
        }
        await();
        int first = next;
        List<byte[]> group = List.copyOf(full);
        underWay = Errand.send(threads, () -> {
            steps.appendRows(record, attempt, first, group);
            return group.size();
        });
        given = group;
        next += group.size();
        full.clear();
        handedOver = clock.instant();
    }

    private void await() throws IOException {
        Errand<Integer> group = underWay;
        if (group == null) {
            return;
        }
        try {
            group.result();
            underWay = null;
            spare.addAll(given);
            given = List.of();
        } catch (RuntimeException refused) {
            state = State.FAILED;
            throw new IOException("the store did not take the content", refused);
        } catch (InterruptedException stopping) {
            state = State.FAILED;
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", stopping);
        }
    }

    private void refuseUnlessOpen() throws IOException {
        if (state != State.OPEN) {
            throw new IOException("the stream is closed, or failed before");
        }
    }
}

package org.sosia.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Cuts content into rows and hands them over in commit groups. Holds one group, and nothing of the store in between. */
final class ContentWriter extends OutputStream {

    private final Steps steps;
    private final UUID record;
    private final UUID attempt;
    private final List<byte[]> full = new ArrayList<>(BlobStore.GROUP_ROWS);

    private byte[] row = new byte[BlobStore.ROW_BYTES];
    private int filled;
    private int next;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED,
        FAILED
    }

    ContentWriter(Steps steps, UUID record, UUID attempt) {
        this.steps = steps;
        this.record = record;
        this.attempt = attempt;
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
                finishRow();
            }
        }
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
        commitGroup();
        state = State.CLOSED;
    }

    private void finishRow() throws IOException {
        full.add(row);
        row = new byte[BlobStore.ROW_BYTES];
        filled = 0;
        if (full.size() == BlobStore.GROUP_ROWS) {
            commitGroup();
        }
    }

    private void commitGroup() throws IOException {
        if (full.isEmpty()) {
            return;
        }
        try {
            steps.appendRows(record, attempt, next, List.copyOf(full));
        } catch (RuntimeException refused) {
            state = State.FAILED;
            throw new IOException("the store did not take the content", refused);
        }
        next += full.size();
        full.clear();
    }

    private void refuseUnlessOpen() throws IOException {
        if (state != State.OPEN) {
            throw new IOException("the stream is closed, or failed before");
        }
    }
}

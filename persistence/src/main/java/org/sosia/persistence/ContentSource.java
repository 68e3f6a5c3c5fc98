package org.sosia.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;

/**
 * Reads content row by row, a few rows a transaction, and fetches the next few while these are used. Holds both, and nothing of
 * the store in between.
 */
final class ContentSource implements SealedSource {

    private final Steps steps;
    private final Executor threads;
    private final UUID record;
    private final long length;

    ContentSource(Steps steps, Executor threads, UUID record, long length) {
        this.steps = steps;
        this.threads = threads;
        this.record = record;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream read(long from, long wanted) {
        if (from < 0 || wanted < 0) {
            throw new IndexOutOfBoundsException("a range begins at 0 or later and is not shorter than 0");
        }
        long end = wanted > length - from ? length : from + wanted;
        return new Rows(Math.min(from, end), end);
    }

    /** The rows that hold one range. */
    private final class Rows extends InputStream {

        private final long end;
        private long position;
        private Iterator<byte[]> fetched = List.<byte[]>of().iterator();
        private byte[] row = new byte[0];
        private int offset;

        /** One row first, so that the first byte comes soon; then more and more at a time. */
        private int fetch = 1;

        private @Nullable Errand<List<byte[]>> ahead;

        Rows(long from, long end) {
            this.position = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int wanted) throws IOException {
            Objects.checkFromIndexSize(at, wanted, into.length);
            if (wanted == 0) {
                return 0;
            }
            if (position >= end) {
                return -1;
            }
            if (offset == row.length) {
                nextRow();
            }
            int taken = (int) Math.min(Math.min(wanted, row.length - offset), end - position);
            System.arraycopy(row, offset, into, at, taken);
            offset += taken;
            position += taken;
            return taken;
        }

        private void nextRow() throws IOException {
            int seq = Math.toIntExact(position / BlobStore.ROW_BYTES);
            if (!fetched.hasNext()) {
                fetched = fetch(seq);
            }
            row = fetched.next();
            offset = (int) (position % BlobStore.ROW_BYTES);
            if (row.length != Math.min(BlobStore.ROW_BYTES, length - (long) seq * BlobStore.ROW_BYTES)) {
                throw notAsSealed();
            }
        }

        private Iterator<byte[]> fetch(int seq) throws IOException {
            List<byte[]> rows = ahead == null ? here(seq) : result(ahead);
            if (rows.isEmpty()) {
                throw notAsSealed();
            }
            fetch = Math.min(2 * fetch, BlobStore.READ_ROWS);
            int following = seq + rows.size();
            int count = count(following);
            ahead = count > 0 ? Errand.send(threads, () -> steps.readRows(record, following, count)) : null;
            return rows.iterator();
        }

        private int count(int seq) {
            int last = Math.toIntExact((end - 1) / BlobStore.ROW_BYTES);
            return Math.min(fetch, last - seq + 1);
        }

        /** A row is missing, or not as long as it was written: no failure to answer, which would pass, but another content. */
        private TamperedContentException notAsSealed() {
            return new TamperedContentException(position / ChunkedEncryption.SEALED_CHUNK_BYTES);
        }

        private List<byte[]> here(int seq) throws IOException {
            try {
                return steps.readRows(record, seq, count(seq));
            } catch (RuntimeException unreadable) {
                throw unreadable(unreadable);
            }
        }

        private List<byte[]> result(Errand<List<byte[]>> fetched) throws IOException {
            try {
                return fetched.result();
            } catch (RuntimeException unreadable) {
                throw unreadable(unreadable);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw unreadable(stopping);
            }
        }

        private static IOException unreadable(Exception why) {
            return new IOException("the store did not give the content", why);
        }

        /** Nobody waits for what was still being fetched. */
        @Override
        public void close() {
            if (ahead != null) {
                ahead.drop();
                ahead = null;
            }
            position = end;
            fetched = List.<byte[]>of().iterator();
        }
    }
}

package org.sosia.records;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.sosia.crypto.content.SealedSource;

/** How far some long work on content has come, for whoever watches from another thread. */
public final class Progress {

    private static final int WHOLE = 100;

    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** So many more bytes will be read. */
    void expect(long bytes) {
        expected.addAndGet(bytes);
    }

    /** So far, in percent of what is known to be done; 100 only at the end. */
    public int percent() {
        long all = expected.get();
        return all <= 0 ? 0 : (int) Math.min(WHOLE - 1L, WHOLE * done.get() / all);
    }

    /** The same content, whose reading is progress. */
    SealedSource watched(SealedSource source) {
        return new SealedSource() {
            @Override
            public long length() {
                return source.length();
            }

            @Override
            public InputStream read(long from, long length) throws IOException {
                return new Watched(source.read(from, length));
            }
        };
    }

    private final class Watched extends FilterInputStream {

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            done.addAndGet(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, len);
            done.addAndGet(Math.max(0, n));
            return n;
        }
    }
}

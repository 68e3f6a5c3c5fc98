package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the fixed pieces of a binary format; an end where none may be is a truncated file. */
final class Feed {

    private final InputStream in;
    private final String format;
    private final byte[] scratch = new byte[1 << 14];
    private long position;

    Feed(InputStream in, String format) {
        this.in = in;
        this.format = format;
    }

    long position() {
        return position;
    }

    UnsupportedContentException truncated() {
        return new UnsupportedContentException(ContentFault.TRUNCATED, "the " + format + " file is truncated");
    }

    UnsupportedContentException malformed() {
        return new UnsupportedContentException(ContentFault.MALFORMED, "the " + format + " file is not well formed");
    }

    byte[] take(int length) throws IOException, UnsupportedContentException {
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            throw truncated();
        }
        return bytes;
    }

    /** As many bytes as there are, at most {@code length}. */
    byte[] takeUpTo(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        return bytes;
    }

    void expect(byte[] wanted) throws IOException, UnsupportedContentException {
        if (!Arrays.equals(take(wanted.length), wanted)) {
            throw malformed();
        }
    }

    void pass(long length) throws IOException, UnsupportedContentException {
        long left = length;
        while (left > 0) {
            int n = in.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (n < 0) {
                throw truncated();
            }
            position += n;
            left -= n;
        }
    }

    int next() throws IOException {
        int one = in.read();
        if (one >= 0) {
            position++;
        }
        return one;
    }

    /** Reads the rest and keeps the last bytes of it, at most {@code window}. */
    byte[] tail(int window) throws IOException {
        byte[] last = new byte[0];
        for (int n = in.read(scratch); n >= 0; n = in.read(scratch)) {
            position += n;
            byte[] joined = Arrays.copyOf(last, last.length + n);
            System.arraycopy(scratch, 0, joined, last.length, n);
            last = joined.length <= window ? joined : Arrays.copyOfRange(joined, joined.length - window, joined.length);
        }
        return last;
    }
}

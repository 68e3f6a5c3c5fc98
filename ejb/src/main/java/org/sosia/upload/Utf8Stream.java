package org.sosia.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes UTF-8 through and stops at the first byte that is not. <b>Source.</b> RFC 3629, 4. */
final class Utf8Stream extends FilterInputStream {

    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    Utf8Stream(InputStream in) {
        super(in);
    }

    /** The content is not UTF-8. */
    static final class NotUtf8Exception extends IOException {

        private static final long serialVersionUID = 1L;

        NotUtf8Exception() {
            super("not UTF-8");
        }
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
            check(one);
        } else if (missing > 0) {
            throw new NotUtf8Exception();
        }
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = in.read(target, offset, length);
        for (int i = 0; i < n; i++) {
            check(target[offset + i] & 0xFF);
        }
        if (n < 0 && missing > 0) {
            throw new NotUtf8Exception();
        }
        return n;
    }

    private void check(int one) throws NotUtf8Exception {
        if (missing > 0) {
            if (one < lowest || one > highest) {
                throw new NotUtf8Exception();
            }
            missing--;
            continuation(0x80, 0xBF);
        } else if (one >= 0xC2 && one <= 0xDF) {
            missing = 1;
        } else if (one >= 0xE0 && one <= 0xEF) {
            missing = 2;
            // No overlong forms, no surrogates.
            continuation(one == 0xE0 ? 0xA0 : 0x80, one == 0xED ? 0x9F : 0xBF);
        } else if (one >= 0xF0 && one <= 0xF4) {
            missing = 3;
            continuation(one == 0xF0 ? 0x90 : 0x80, one == 0xF4 ? 0x8F : 0xBF);
        } else if (one >= 0x80) {
            throw new NotUtf8Exception();
        }
    }

    private void continuation(int from, int to) {
        lowest = from;
        highest = to;
    }
}

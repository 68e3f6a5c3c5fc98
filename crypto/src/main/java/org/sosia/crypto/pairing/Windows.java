package org.sosia.crypto.pairing;

/** An encoded exponent as 64 digits of four bits. */
final class Windows {
    private static final int BITS = 4;

    static final int COUNT = Scalar.BYTES * Byte.SIZE / BITS;
    static final int VALUES = 1 << BITS;

    private Windows() {}

    /** Window 0 is the most significant one. */
    static int digit(byte[] bigEndian, int window) {
        int octet = bigEndian[window / 2] & 0xff;
        return window % 2 == 0 ? octet >>> BITS : octet & (VALUES - 1);
    }
}

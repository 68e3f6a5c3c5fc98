package org.sosia.crypto.content;

/**
 * Padmé padding: lengths are rounded up so that a stored length says little about the true one.
 *
 * <p><b>Security.</b> A padded length of about L reveals O(log log L) bits instead of O(log L). It costs at most 12 percent, and less the longer
 * the content is. It does not hide the order of magnitude.
 *
 * <p><b>Source.</b> Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019,
 * section 4: the low bits beyond a floating-point number with as many mantissa bits as its exponent needs are rounded away.
 */
public final class Padme {
    private Padme() {}

    /**
     * The length to pad to.
     *
     * @param bytes a true length, 0 or more
     * @return the padded length, at least {@code bytes}
     * @throws IllegalArgumentException if the length is negative
     * @throws ArithmeticException if the padded length exceeds a long
     */
    public static long padded(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a length is not negative");
        }
        if (bytes < 2) {
            return bytes;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes);
        int mantissaBits = Integer.SIZE - Integer.numberOfLeadingZeros(exponent);
        long mask = (1L << (exponent - Math.min(exponent, mantissaBits))) - 1;
        return Math.addExact(bytes, mask) & ~mask;
    }
}

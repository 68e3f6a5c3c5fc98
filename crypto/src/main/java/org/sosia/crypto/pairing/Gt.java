package org.sosia.crypto.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import supranational.blst.PT;

/**
 * An element of the target group: what a pairing gives.
 *
 * <p><b>Security.</b> Its encoding serves as key material and is then as secret as the key. The time of {@link #power} does not depend on
 * the exponent's digits, but the table it reads may leave traces in a shared cache.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: twelve coefficients of 48 bytes, big-endian, in the order c0.c0, c1.c0, c0.c1, c1.c1, c0.c2, c1.c2
 * of the tower Fp2 - Fp6 - Fp12, each the real part first.
 */
public final class Gt {
    /** An encoded element. */
    public static final int BYTES = 576;

    private static final int COEFFICIENTS = 12;
    private static final int COEFFICIENT_BYTES = 48;
    private static final int LIMBS = 6;
    private static final int WINDOW_BITS = 4;
    private static final int WINDOWS = 256 / WINDOW_BITS;
    private static final int WINDOW_VALUES = 1 << WINDOW_BITS;

    /** The prime of the curve's base field. */
    private static final BigInteger FIELD = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);

    /** Position in the library's array of each encoded Fp2: it keeps c0.c0, c0.c1, c0.c2, c1.c0, c1.c1, c1.c2. */
    private static final int[] ARRAY_ORDER = {0, 3, 1, 4, 2, 5};

    private final PT value;

    Gt(PT value) {
        this.value = value;
    }

    /**
     * Decodes; what comes from outside enters only here.
     *
     * @param encoded {@value #BYTES} bytes
     * @return the element
     * @throws MalformedException if the length is wrong, a coefficient is not reduced, or the element is one or outside the group
     */
    public static Gt decode(byte[] encoded) throws MalformedException {
        if (encoded.length != BYTES) {
            throw new MalformedException("this is no element of the target group");
        }
        long[] words = new long[COEFFICIENTS * LIMBS];
        for (int i = 0; i < COEFFICIENTS; i++) {
            int to = (ARRAY_ORDER[i / 2] * 2 + i % 2) * LIMBS;
            putMontgomery(coefficient(encoded, i), words, to);
        }
        PT value = new Words(words);
        if (value.is_one() || !value.in_group()) {
            throw new MalformedException("this is no element of the target group");
        }
        return new Gt(value);
    }

    private static BigInteger coefficient(byte[] encoded, int index) throws MalformedException {
        BigInteger coefficient = new BigInteger(1, encoded, index * COEFFICIENT_BYTES, COEFFICIENT_BYTES);
        if (coefficient.compareTo(FIELD) >= 0) {
            throw new MalformedException("this is no element of the target group");
        }
        return coefficient;
    }

    /** The library computes with coefficients times 2^384, as six little-endian limbs. */
    private static void putMontgomery(BigInteger coefficient, long[] words, int to) {
        BigInteger montgomery = coefficient.shiftLeft(LIMBS * Long.SIZE).mod(FIELD);
        for (int limb = 0; limb < LIMBS; limb++) {
            words[to + limb] = montgomery.shiftRight(limb * Long.SIZE).longValue();
        }
    }

    /**
     * Encodes.
     *
     * @return {@value #BYTES} bytes
     */
    public byte[] encode() {
        return value.to_bendian();
    }

    /**
     * Multiplies.
     *
     * @param factor the other factor
     * @return the product
     */
    public Gt multiply(Gt factor) {
        return new Gt(value.dup().mul(factor.value));
    }

    /**
     * Raises to a power by windows of four bits; it multiplies for every digit, also for zero.
     *
     * @param exponent the exponent
     * @return the power
     */
    public Gt power(Scalar exponent) {
        PT[] powers = powersUpTo(value);
        byte[] digits = exponent.encode();
        PT result = PT.one();
        for (int window = 0; window < WINDOWS; window++) {
            result.sqr().sqr().sqr().sqr();
            result.mul(powers[digit(digits, window)]);
        }
        Arrays.fill(digits, (byte) 0);
        return new Gt(result);
    }

    /** The zeroth to fifteenth power. */
    private static PT[] powersUpTo(PT base) {
        PT[] powers = new PT[WINDOW_VALUES];
        powers[0] = PT.one();
        for (int i = 1; i < WINDOW_VALUES; i++) {
            powers[i] = powers[i - 1].dup().mul(base);
        }
        return powers;
    }

    /** Window 0 is the most significant one. */
    private static int digit(byte[] bigEndian, int window) {
        int octet = bigEndian[window / 2] & 0xff;
        return window % 2 == 0 ? octet >>> WINDOW_BITS : octet & (WINDOW_VALUES - 1);
    }

    /**
     * Whether this is the neutral element, which nothing that comes from outside ever is.
     *
     * @return true if it is
     */
    public boolean isOne() {
        return value.is_one();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gt that && value.is_equal(that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Gt[element]";
    }

    /** A door the library left open for subclasses: an element from its 72 words. */
    private static final class Words extends PT {
        Words(long[] words) {
            super(words);
        }
    }

    /**
     * A base that is raised to many powers, with a table of its multiples: four times faster than {@link Gt#power}.
     *
     * <p>Safe for threads; about 590 kB.
     */
    public static final class FixedBase {
        private final PT[][] table = new PT[WINDOWS][];

        /**
         * Computes the table.
         *
         * @param base the base
         */
        public FixedBase(Gt base) {
            PT unit = base.value.dup();
            for (int window = WINDOWS - 1; window >= 0; window--) {
                table[window] = powersUpTo(unit);
                unit = table[window][WINDOW_VALUES - 1].dup().mul(unit);
            }
        }

        /**
         * Raises the base to a power; multiplies for every digit, also for zero.
         *
         * @param exponent the exponent
         * @return the power
         */
        public Gt power(Scalar exponent) {
            byte[] digits = exponent.encode();
            PT result = PT.one();
            for (int window = 0; window < WINDOWS; window++) {
                result.mul(table[window][digit(digits, window)]);
            }
            Arrays.fill(digits, (byte) 0);
            return new Gt(result);
        }
    }
}

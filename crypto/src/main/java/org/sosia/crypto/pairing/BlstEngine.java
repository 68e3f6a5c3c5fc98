package org.sosia.crypto.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.PT;
import supranational.blst.Pairing;
import supranational.blst.Scalar;

/**
 * The native library blst. Its objects are mutable, so every operation works on a copy; its decoders accept points at infinity and outside
 * the subgroup, so they are checked here.
 */
final class BlstEngine implements Engine {
    @Override
    public Exponent exponent(byte[] bigEndian) {
        return new Residue(new Scalar().from_bendian(bigEndian));
    }

    @Override
    public Exponent hashToExponent(byte[] message, String domain) {
        return new Residue(new Scalar(message, domain));
    }

    @Override
    public Point generatorOfG1() {
        return new First(P1.generator());
    }

    @Override
    public Point generatorOfG2() {
        return new Second(P2.generator());
    }

    @Override
    public Point hashToG1(byte[] message, String domain) {
        return new First(new P1().hash_to(message, domain));
    }

    @Override
    public Point decodeG1(byte[] encoded) throws MalformedException {
        try {
            P1_Affine point = new P1_Affine(encoded);
            if (!point.is_inf() && point.in_group() && Arrays.equals(point.compress(), encoded)) {
                return new First(point.to_jacobian());
            }
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G1");
        }
        throw new MalformedException("this point is not in the group G1");
    }

    @Override
    public Point decodeG2(byte[] encoded) throws MalformedException {
        try {
            P2_Affine point = new P2_Affine(encoded);
            if (!point.is_inf() && point.in_group() && Arrays.equals(point.compress(), encoded)) {
                return new Second(point.to_jacobian());
            }
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G2");
        }
        throw new MalformedException("this point is not in the group G2");
    }

    @Override
    public Element decodeGt(byte[] encoded) throws MalformedException {
        PT value = new Words(Words.of(GtEncoding.coefficients(encoded)));
        if (value.is_one() || !value.in_group()) {
            throw new MalformedException("this is no element of the target group");
        }
        return new Target(value);
    }

    @Override
    public Powers powersOf(Element gt) {
        return new Table(((Target) gt).value);
    }

    @Override
    public Product product() {
        return new Pairings();
    }

    private record Residue(Scalar value) implements Exponent {
        @Override
        public Exponent add(Exponent summand) {
            try {
                return new Residue(value.dup().add(((Residue) summand).value));
            } catch (RuntimeException e) {
                throw new ArithmeticException("zero is no exponent");
            }
        }

        @Override
        public Exponent multiply(Exponent factor) {
            return new Residue(value.dup().mul(((Residue) factor).value));
        }

        @Override
        public Exponent inverse() {
            return new Residue(value.dup().inverse());
        }

        @Override
        public byte[] encode() {
            return value.to_bendian();
        }

        @Override
        public String toString() {
            return "Residue[secret]";
        }
    }

    private record First(P1 point) implements Point {
        @Override
        public Point multiply(Element factor) {
            return new First(point.dup().add(((First) factor).point));
        }

        @Override
        public Point power(Exponent exponent) {
            return new First(point.dup().mult(((Residue) exponent).value));
        }

        @Override
        public Point inverse() {
            return new First(point.dup().neg());
        }

        @Override
        public boolean isOne() {
            return point.is_inf();
        }

        @Override
        public boolean isSame(Element other) {
            return point.is_equal(((First) other).point);
        }

        @Override
        public byte[] encode() {
            return point.compress();
        }
    }

    private record Second(P2 point) implements Point {
        @Override
        public Point multiply(Element factor) {
            return new Second(point.dup().add(((Second) factor).point));
        }

        @Override
        public Point power(Exponent exponent) {
            return new Second(point.dup().mult(((Residue) exponent).value));
        }

        @Override
        public Point inverse() {
            return new Second(point.dup().neg());
        }

        @Override
        public boolean isOne() {
            return point.is_inf();
        }

        @Override
        public boolean isSame(Element other) {
            return point.is_equal(((Second) other).point);
        }

        @Override
        public byte[] encode() {
            return point.compress();
        }
    }

    private record Target(PT value) implements Element {
        @Override
        public Element multiply(Element factor) {
            return new Target(value.dup().mul(((Target) factor).value));
        }

        /** By windows of four bits; multiplies for every digit, also for zero. */
        @Override
        public Element power(Exponent exponent) {
            PT[] powers = powersUpToFifteen(value);
            byte[] digits = exponent.encode();
            PT result = PT.one();
            for (int window = 0; window < Windows.COUNT; window++) {
                result.sqr().sqr().sqr().sqr();
                result.mul(powers[Windows.digit(digits, window)]);
            }
            Arrays.fill(digits, (byte) 0);
            return new Target(result);
        }

        @Override
        public boolean isOne() {
            return value.is_one();
        }

        @Override
        public boolean isSame(Element other) {
            return value.is_equal(((Target) other).value);
        }

        @Override
        public byte[] encode() {
            return value.to_bendian();
        }
    }

    /** The zeroth to fifteenth power. */
    private static PT[] powersUpToFifteen(PT base) {
        PT[] powers = new PT[Windows.VALUES];
        powers[0] = PT.one();
        for (int i = 1; i < Windows.VALUES; i++) {
            powers[i] = powers[i - 1].dup().mul(base);
        }
        return powers;
    }

    /** About 590 kB; four times faster than {@link Target#power}, and multiplies for every digit as well. */
    private static final class Table implements Powers {
        private final PT[][] table = new PT[Windows.COUNT][];

        Table(PT base) {
            PT unit = base.dup();
            for (int window = Windows.COUNT - 1; window >= 0; window--) {
                table[window] = powersUpToFifteen(unit);
                unit = table[window][Windows.VALUES - 1].dup().mul(unit);
            }
        }

        @Override
        public Element power(Exponent exponent) {
            byte[] digits = exponent.encode();
            PT result = PT.one();
            for (int window = 0; window < Windows.COUNT; window++) {
                result.mul(table[window][Windows.digit(digits, window)]);
            }
            Arrays.fill(digits, (byte) 0);
            return new Target(result);
        }
    }

    private static final class Pairings implements Product {
        private final Pairing pairing = new Pairing(true, "");
        private boolean empty = true;

        @Override
        public void times(Point left, Point right) {
            pairing.raw_aggregate(((Second) right).point.to_affine(), ((First) left).point.to_affine());
            empty = false;
        }

        @Override
        public Element value() {
            if (empty) {
                return new Target(PT.one());
            }
            pairing.commit();
            return new Target(pairing.as_fp12().final_exp());
        }
    }

    /** A door the library left open for subclasses: an element from its 72 words. */
    private static final class Words extends PT {
        private static final int LIMBS = 6;

        /** Position in the library's array of each encoded Fp2: it keeps c0.c0, c0.c1, c0.c2, c1.c0, c1.c1, c1.c2. */
        private static final int[] ARRAY_ORDER = {0, 3, 1, 4, 2, 5};

        Words(long[] words) {
            super(words);
        }

        /** The library computes with coefficients times 2^384, as six little-endian limbs. */
        static long[] of(BigInteger[] coefficients) {
            long[] words = new long[coefficients.length * LIMBS];
            for (int i = 0; i < coefficients.length; i++) {
                BigInteger montgomery =
                        coefficients[i].shiftLeft(LIMBS * Long.SIZE).mod(GtEncoding.FIELD);
                int to = (ARRAY_ORDER[i / 2] * 2 + i % 2) * LIMBS;
                for (int limb = 0; limb < LIMBS; limb++) {
                    words[to + limb] = montgomery.shiftRight(limb * Long.SIZE).longValue();
                }
            }
            return words;
        }
    }
}

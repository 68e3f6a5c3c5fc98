package org.sosia.crypto.pairing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381G2;
import org.bouncycastle.crypto.bls.BLS12_381G2Point;
import org.bouncycastle.crypto.bls.BLS12_381Pairing;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.BLS12_381SubgroupCheck;
import org.bouncycastle.crypto.bls.Fp12Element;
import org.bouncycastle.crypto.bls.Fp2Element;
import org.bouncycastle.crypto.bls.Fp6Element;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.impl.XmdMessageExpansion;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.sosia.crypto.encoding.MalformedException;

/**
 * Bouncy Castle's BLS12-381, all Java: for machines where the native library does not load, and as its independent judge. Twenty to sixty times
 * slower; its arithmetic on big integers does not run in constant time, whatever its methods are called.
 *
 * <p>Its pairing is the cube root of ours (the final exponents differ by the factor three), so results are cubed here, once for each product.
 */
final class BouncyCastleEngine implements Engine {
    /** Points of two instances of the same curve do not mix. */
    private static final ECCurve CURVE = BLS12_381G1.createCurve();

    private static final int SHA256_LEVEL = 128;
    private static final int EXPANDED_BYTES = 48;

    @Override
    public Exponent exponent(byte[] bigEndian) {
        return Residue.of(new BigInteger(1, bigEndian));
    }

    @Override
    public Exponent hashToExponent(byte[] message, String domain) {
        return exponent(new XmdMessageExpansion(new SHA256Digest(), SHA256_LEVEL)
                .expandMessage(message, domain.getBytes(StandardCharsets.UTF_8), EXPANDED_BYTES));
    }

    @Override
    public Point generatorOfG1() {
        return new First(BLS12_381G1.getGenerator(CURVE));
    }

    @Override
    public Point generatorOfG2() {
        return new Second(BLS12_381G2.getGenerator());
    }

    @Override
    public Point hashToG1(byte[] message, String domain) {
        ECPoint point = HashToEllipticCurve.getInstance(HashToCurveProfile.BLS12_381_G1_XMD_SHA_256_SSWU_RO, domain)
                .hashToCurve(message)
                .normalize();
        return new First(CURVE.createPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger()));
    }

    @Override
    public Point decodeG1(byte[] encoded) throws MalformedException {
        try {
            ECPoint point = BLS12_381Serialization.decompressG1(encoded, CURVE);
            if (!point.isInfinity()
                    && BLS12_381SubgroupCheck.isInG1Subgroup(point)
                    && Arrays.equals(BLS12_381Serialization.compressG1(point), encoded)) {
                return new First(point);
            }
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G1");
        }
        throw new MalformedException("this point is not in the group G1");
    }

    @Override
    public Point decodeG2(byte[] encoded) throws MalformedException {
        try {
            BLS12_381G2Point point = BLS12_381Serialization.decompressG2(encoded);
            if (!point.isInfinity()
                    && BLS12_381SubgroupCheck.isInG2Subgroup(point)
                    && Arrays.equals(BLS12_381Serialization.compressG2(point), encoded)) {
                return new Second(point);
            }
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G2");
        }
        throw new MalformedException("this point is not in the group G2");
    }

    @Override
    public Element decodeGt(byte[] encoded) throws MalformedException {
        BigInteger[] c = GtEncoding.coefficients(encoded);
        // FORMATS, Group elements: c0.c0, c1.c0, c0.c1, c1.c1, c0.c2, c1.c2, each with its real part first.
        Fp12Element value = Fp12Element.of(
                Fp6Element.of(Fp2Element.of(c[0], c[1]), Fp2Element.of(c[4], c[5]), Fp2Element.of(c[8], c[9])),
                Fp6Element.of(Fp2Element.of(c[2], c[3]), Fp2Element.of(c[6], c[7]), Fp2Element.of(c[10], c[11])));
        if (value.isZero()
                || value.equals(Fp12Element.ONE)
                || !value.modPow(Scalar.ORDER).equals(Fp12Element.ONE)) {
            throw new MalformedException("this is no element of the target group");
        }
        return new Target(value);
    }

    @Override
    public Powers powersOf(Element gt) {
        return gt::power;
    }

    @Override
    public Product product() {
        return new Pairings();
    }

    private record Residue(BigInteger value) implements Exponent {
        static Residue of(BigInteger any) {
            BigInteger value = any.mod(Scalar.ORDER);
            if (value.signum() == 0) {
                throw new ArithmeticException("zero is no exponent");
            }
            return new Residue(value);
        }

        @Override
        public Exponent add(Exponent summand) {
            return of(value.add(((Residue) summand).value));
        }

        @Override
        public Exponent multiply(Exponent factor) {
            return of(value.multiply(((Residue) factor).value));
        }

        @Override
        public Exponent inverse() {
            return of(value.modInverse(Scalar.ORDER));
        }

        @Override
        public byte[] encode() {
            return fixed(value, Scalar.BYTES);
        }

        @Override
        public String toString() {
            return "Residue[secret]";
        }
    }

    private record First(ECPoint point) implements Point {
        @Override
        public Point multiply(Element factor) {
            return new First(point.add(((First) factor).point).normalize());
        }

        @Override
        public Point power(Exponent exponent) {
            return new First(BLS12_381G1
                    .constantTimeMultiply(point, ((Residue) exponent).value)
                    .normalize());
        }

        @Override
        public Point inverse() {
            return new First(point.negate().normalize());
        }

        @Override
        public boolean isOne() {
            return point.isInfinity();
        }

        @Override
        public boolean isSame(Element other) {
            return point.equals(((First) other).point);
        }

        @Override
        public byte[] encode() {
            return BLS12_381Serialization.compressG1(point);
        }
    }

    private record Second(BLS12_381G2Point point) implements Point {
        @Override
        public Point multiply(Element factor) {
            return new Second(point.add(((Second) factor).point));
        }

        @Override
        public Point power(Exponent exponent) {
            return new Second(point.constantTimeMultiply(((Residue) exponent).value));
        }

        @Override
        public Point inverse() {
            return new Second(point.negate());
        }

        @Override
        public boolean isOne() {
            return point.isInfinity();
        }

        @Override
        public boolean isSame(Element other) {
            return point.equals(((Second) other).point);
        }

        @Override
        public byte[] encode() {
            return BLS12_381Serialization.compressG2(point);
        }
    }

    private record Target(Fp12Element value) implements Element {
        @Override
        public Element multiply(Element factor) {
            return new Target(value.mul(((Target) factor).value));
        }

        /** By windows of four bits; multiplies for every digit, also for zero. */
        @Override
        public Element power(Exponent exponent) {
            Fp12Element[] powers = new Fp12Element[Windows.VALUES];
            powers[0] = Fp12Element.ONE;
            for (int i = 1; i < Windows.VALUES; i++) {
                powers[i] = powers[i - 1].mul(value);
            }
            byte[] digits = exponent.encode();
            Fp12Element result = Fp12Element.ONE;
            for (int window = 0; window < Windows.COUNT; window++) {
                result = result.square().square().square().square().mul(powers[Windows.digit(digits, window)]);
            }
            Arrays.fill(digits, (byte) 0);
            return new Target(result);
        }

        @Override
        public boolean isOne() {
            return value.equals(Fp12Element.ONE);
        }

        @Override
        public boolean isSame(Element other) {
            return value.equals(((Target) other).value);
        }

        @Override
        public byte[] encode() {
            Fp6Element even = value.c0();
            Fp6Element odd = value.c1();
            Fp2Element[] order = {even.c0(), odd.c0(), even.c1(), odd.c1(), even.c2(), odd.c2()};
            byte[] encoded = new byte[Gt.BYTES];
            int to = 0;
            for (Fp2Element coefficient : order) {
                for (BigInteger part : new BigInteger[] {coefficient.c0(), coefficient.c1()}) {
                    System.arraycopy(
                            fixed(part, GtEncoding.COEFFICIENT_BYTES), 0, encoded, to, GtEncoding.COEFFICIENT_BYTES);
                    to += GtEncoding.COEFFICIENT_BYTES;
                }
            }
            return encoded;
        }
    }

    private static final class Pairings implements Product {
        private final List<ECPoint> left = new ArrayList<>();
        private final List<BLS12_381G2Point> right = new ArrayList<>();

        @Override
        public void times(Point first, Point second) {
            left.add(((First) first).point);
            right.add(((Second) second).point);
        }

        @Override
        public Element value() {
            if (left.isEmpty()) {
                return new Target(Fp12Element.ONE);
            }
            Fp12Element root =
                    BLS12_381Pairing.multiPair(left.toArray(new ECPoint[0]), right.toArray(new BLS12_381G2Point[0]));
            return new Target(root.square().mul(root));
        }
    }

    /** A number, not negative, in so many bytes. */
    private static byte[] fixed(BigInteger number, int bytes) {
        byte[] digits = number.toByteArray();
        byte[] field = new byte[bytes];
        int length = Math.min(digits.length, bytes);
        System.arraycopy(digits, digits.length - length, field, bytes - length, length);
        return field;
    }
}

package org.sosia.crypto.curve;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.sosia.crypto.encoding.MalformedException;

/**
 * A point of P-256, which is a group of prime order: every point but infinity generates it.
 *
 * <p><b>Security.</b> Bouncy Castle's multiplication of a point that is not the generator takes a time that depends on the exponent. {@link #times} adds a
 * random multiple of the order to the exponent each time, so that what somebody measures differs from one multiplication to the next.
 *
 * <p><b>Shape.</b> 33 bytes, compressed (SEC 1, 2.3.3).
 */
public final class Point {
    /** Length of an encoding. */
    public static final int ENCODED_BYTES = 33;

    /** Length of the long form (SEC 1, 2.3.3, uncompressed). */
    public static final int LONG_BYTES = 65;

    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");
    static final BigInteger ORDER = P256.getN();
    private static final int BLINDING_BITS = 48;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ECPoint point;

    Point(ECPoint point) {
        this.point = point.normalize();
    }

    /**
     * Multiplies the generator, in constant time.
     *
     * @param exponent how often
     * @return the multiple
     */
    public static Point generate(Exponent exponent) {
        return new Point(new FixedPointCombMultiplier().multiply(P256.getG(), exponent.value));
    }

    /**
     * Hashes to a point whose logarithm nobody knows: RFC 9380, {@code P256_XMD:SHA-256_SSWU_RO_}.
     *
     * @param domain separates purposes, 1 to 255 bytes
     * @param message any bytes
     * @return the point
     */
    public static Point hash(byte[] domain, byte[] message) {
        return new Point(HashToCurve.hash(P256.getCurve(), domain, message));
    }

    /**
     * Reads a point.
     *
     * @param encoded 33 bytes
     * @return the point
     * @throws MalformedException if it is not on the curve, infinity, or in another form
     */
    public static Point decode(byte[] encoded) throws MalformedException {
        try {
            if (encoded.length == ENCODED_BYTES) {
                return new Point(P256.getCurve().decodePoint(encoded));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no point of the curve");
        }
        throw new MalformedException("no compressed point");
    }

    /**
     * Reads a point in the long form, which is ten times as fast as the short one.
     *
     * @param encoded 65 bytes
     * @return the point
     * @throws MalformedException if it is not on the curve, infinity, or in another form
     */
    public static Point decodeLong(byte[] encoded) throws MalformedException {
        try {
            if (encoded.length == LONG_BYTES && encoded[0] == 4) {
                return new Point(P256.getCurve().decodePoint(encoded));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no point of the curve");
        }
        throw new MalformedException("no point in the long form");
    }

    /**
     * Writes the point in the long form.
     *
     * @return 65 bytes; a single zero for infinity, which {@link #decodeLong} refuses
     */
    public byte[] encodeLong() {
        return point.getEncoded(false);
    }

    /**
     * Writes the point.
     *
     * @return 33 bytes; a single zero for infinity, which {@link #decode} refuses
     */
    public byte[] encode() {
        return point.getEncoded(true);
    }

    /**
     * Multiplies.
     *
     * @param exponent how often
     * @return the multiple
     */
    public Point times(Exponent exponent) {
        BigInteger blinding = new BigInteger(BLINDING_BITS, RANDOM).setBit(BLINDING_BITS - 1);
        return new Point(point.multiply(exponent.value.add(blinding.multiply(ORDER))));
    }

    /**
     * Multiplies two points and adds, faster than one by one; only for exponents that are used once.
     *
     * @param mine how often this point
     * @param other another point
     * @param theirs how often the other
     * @return the sum
     */
    public Point timesPlus(Exponent mine, Point other, Exponent theirs) {
        return new Point(ECAlgorithms.sumOfTwoMultiplies(point, mine.value, other.point, theirs.value));
    }

    /**
     * Adds.
     *
     * @param other the other summand
     * @return the sum
     */
    public Point plus(Point other) {
        return new Point(point.add(other.point));
    }

    /**
     * Subtracts.
     *
     * @param other what is taken away
     * @return the difference
     */
    public Point minus(Point other) {
        return new Point(point.subtract(other.point));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Point that && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "Point";
    }
}

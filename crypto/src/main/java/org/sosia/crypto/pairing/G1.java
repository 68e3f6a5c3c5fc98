package org.sosia.crypto.pairing;

import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Engine.Point;

/**
 * An element of G1, the smaller and faster of the two source groups.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: one compressed point as in the IETF draft on BLS signatures and in ZCash.
 */
public final class G1 {
    /** An encoded element. */
    public static final int BYTES = 48;

    /** The standard generator. */
    public static final G1 GENERATOR = new G1(Engine.CHOSEN.generatorOfG1());

    private final Point point;

    private G1(Point point) {
        this.point = point;
    }

    /**
     * Hashes to the group as RFC 9380 lays down, suite {@code BLS12381G1_XMD:SHA-256_SSWU_RO_}: nobody knows a logarithm of the result.
     *
     * @param message what is hashed
     * @param domain the purpose, unique in the project
     * @return the element
     */
    public static G1 hash(byte[] message, String domain) {
        return new G1(Engine.CHOSEN.hashToG1(message, domain));
    }

    /**
     * Decodes; what comes from outside enters only here.
     *
     * @param encoded {@value #BYTES} bytes
     * @return the element
     * @throws MalformedException if length or form is wrong, the point is not on the curve, at infinity, or outside the subgroup
     */
    public static G1 decode(byte[] encoded) throws MalformedException {
        // The first bit says "compressed"; without it a library may read a longer form.
        if (encoded.length != BYTES || (encoded[0] & 0x80) == 0) {
            throw new MalformedException("this is no compressed point of G1");
        }
        return new G1(Engine.CHOSEN.decodeG1(encoded));
    }

    /**
     * Encodes.
     *
     * @return {@value #BYTES} bytes
     */
    public byte[] encode() {
        return point.encode();
    }

    /**
     * Multiplies.
     *
     * @param factor the other factor
     * @return the product
     */
    public G1 multiply(G1 factor) {
        return new G1(point.multiply(factor.point));
    }

    /**
     * Raises to a power, with the native engine in a time that does not depend on the exponent.
     *
     * @param exponent the exponent
     * @return the power
     */
    public G1 power(Scalar exponent) {
        return new G1(point.power(exponent.value()));
    }

    /**
     * Inverts.
     *
     * @return the inverse
     */
    public G1 inverse() {
        return new G1(point.inverse());
    }

    boolean isOne() {
        return point.isOne();
    }

    Point point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G1 that && point.isSame(that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "G1[element]";
    }
}

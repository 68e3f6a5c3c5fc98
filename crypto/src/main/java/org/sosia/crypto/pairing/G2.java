package org.sosia.crypto.pairing;

import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Engine.Point;

/**
 * An element of G2, the larger and slower of the two source groups.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: one compressed point as in the IETF draft on BLS signatures and in ZCash.
 */
public final class G2 {
    /** An encoded element. */
    public static final int BYTES = 96;

    /** The standard generator. */
    public static final G2 GENERATOR = new G2(Engine.CHOSEN.generatorOfG2());

    private final Point point;

    private G2(Point point) {
        this.point = point;
    }

    /**
     * Decodes; what comes from outside enters only here.
     *
     * @param encoded {@value #BYTES} bytes
     * @return the element
     * @throws MalformedException if length or form is wrong, the point is not on the curve, at infinity, or outside the subgroup
     */
    public static G2 decode(byte[] encoded) throws MalformedException {
        // The first bit says "compressed"; without it a library may read a longer form.
        if (encoded.length != BYTES || (encoded[0] & 0x80) == 0) {
            throw new MalformedException("this is no compressed point of G2");
        }
        return new G2(Engine.CHOSEN.decodeG2(encoded));
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
    public G2 multiply(G2 factor) {
        return new G2(point.multiply(factor.point));
    }

    /**
     * Raises to a power, with the native engine in a time that does not depend on the exponent.
     *
     * @param exponent the exponent
     * @return the power
     */
    public G2 power(Scalar exponent) {
        return new G2(point.power(exponent.value()));
    }

    /**
     * Inverts.
     *
     * @return the inverse
     */
    public G2 inverse() {
        return new G2(point.inverse());
    }

    boolean isOne() {
        return point.isOne();
    }

    Point point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G2 that && point.isSame(that.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "G2[element]";
    }
}

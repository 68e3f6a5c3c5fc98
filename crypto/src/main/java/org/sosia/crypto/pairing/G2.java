package org.sosia.crypto.pairing;

import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import supranational.blst.P2;
import supranational.blst.P2_Affine;

/**
 * An element of G2, the larger and slower of the two source groups.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: one compressed point as in the IETF draft on BLS signatures and in ZCash.
 */
public final class G2 {
    /** An encoded element. */
    public static final int BYTES = 96;

    /** The standard generator. */
    public static final G2 GENERATOR = new G2(P2.generator());

    private final P2 point;

    private G2(P2 point) {
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
        // The first bit says "compressed"; without it the library would read a longer form.
        if (encoded.length != BYTES || (encoded[0] & 0x80) == 0) {
            throw new MalformedException("this is no compressed point of G2");
        }
        P2_Affine point = parse(encoded);
        if (point.is_inf() || !point.in_group() || !Arrays.equals(point.compress(), encoded)) {
            throw new MalformedException("this point is not in the group G2");
        }
        return new G2(point.to_jacobian());
    }

    private static P2_Affine parse(byte[] encoded) throws MalformedException {
        try {
            return new P2_Affine(encoded);
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G2");
        }
    }

    /**
     * Encodes.
     *
     * @return {@value #BYTES} bytes
     */
    public byte[] encode() {
        return point.compress();
    }

    /**
     * Multiplies.
     *
     * @param factor the other factor
     * @return the product
     */
    public G2 multiply(G2 factor) {
        return new G2(point.dup().add(factor.point));
    }

    /**
     * Raises to a power, in a time that does not depend on the exponent.
     *
     * @param exponent the exponent
     * @return the power
     */
    public G2 power(Scalar exponent) {
        return new G2(point.dup().mult(exponent.nativeValue()));
    }

    /**
     * Inverts.
     *
     * @return the inverse
     */
    public G2 inverse() {
        return new G2(point.dup().neg());
    }

    boolean isOne() {
        return point.is_inf();
    }

    P2_Affine affine() {
        return point.to_affine();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G2 that && point.is_equal(that.point);
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

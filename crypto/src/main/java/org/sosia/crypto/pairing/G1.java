package org.sosia.crypto.pairing;

import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import supranational.blst.P1;
import supranational.blst.P1_Affine;

/**
 * An element of G1, the smaller and faster of the two source groups.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: one compressed point as in the IETF draft on BLS signatures and in ZCash.
 */
public final class G1 {
    /** An encoded element. */
    public static final int BYTES = 48;

    /** The standard generator. */
    public static final G1 GENERATOR = new G1(P1.generator());

    private final P1 point;

    private G1(P1 point) {
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
        return new G1(new P1().hash_to(message, domain));
    }

    /**
     * Decodes; what comes from outside enters only here.
     *
     * @param encoded {@value #BYTES} bytes
     * @return the element
     * @throws MalformedException if length or form is wrong, the point is not on the curve, at infinity, or outside the subgroup
     */
    public static G1 decode(byte[] encoded) throws MalformedException {
        // The first bit says "compressed"; without it the library would read a longer form.
        if (encoded.length != BYTES || (encoded[0] & 0x80) == 0) {
            throw new MalformedException("this is no compressed point of G1");
        }
        P1_Affine point = parse(encoded);
        if (point.is_inf() || !point.in_group() || !Arrays.equals(point.compress(), encoded)) {
            throw new MalformedException("this point is not in the group G1");
        }
        return new G1(point.to_jacobian());
    }

    private static P1_Affine parse(byte[] encoded) throws MalformedException {
        try {
            return new P1_Affine(encoded);
        } catch (RuntimeException e) {
            throw new MalformedException("this is no compressed point of G1");
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
    public G1 multiply(G1 factor) {
        return new G1(point.dup().add(factor.point));
    }

    /**
     * Raises to a power, in a time that does not depend on the exponent.
     *
     * @param exponent the exponent
     * @return the power
     */
    public G1 power(Scalar exponent) {
        return new G1(point.dup().mult(exponent.nativeValue()));
    }

    /**
     * Inverts.
     *
     * @return the inverse
     */
    public G1 inverse() {
        return new G1(point.dup().neg());
    }

    boolean isOne() {
        return point.is_inf();
    }

    P1_Affine affine() {
        return point.to_affine();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G1 that && point.is_equal(that.point);
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

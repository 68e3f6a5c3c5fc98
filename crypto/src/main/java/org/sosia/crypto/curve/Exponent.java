package org.sosia.crypto.curve;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.util.BigIntegers;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A number modulo the group's order, other than zero.
 *
 * <p><b>Shape.</b> 32 bytes, big-endian.
 */
public final class Exponent implements SecretMaterial {
    /** Length of an encoding. */
    public static final int ENCODED_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int WIDE_BYTES = 48;

    final BigInteger value;

    private Exponent(BigInteger value) {
        this.value = value;
    }

    private static Exponent of(BigInteger value) {
        BigInteger reduced = value.mod(Point.ORDER);
        if (reduced.signum() == 0) {
            throw new ArithmeticException("an exponent is not zero");
        }
        return new Exponent(reduced);
    }

    /**
     * Draws a uniform exponent.
     *
     * @return the exponent
     */
    public static Exponent random() {
        return new Exponent(
                BigIntegers.createRandomInRange(BigInteger.ONE, Point.ORDER.subtract(BigInteger.ONE), RANDOM));
    }

    /**
     * Derives an exponent from a secret.
     *
     * @param secret uniform bytes of this purpose only
     * @return HKDF's 48 bytes modulo the order, within 2^-128 of uniform
     */
    public static Exponent from(SecretBytes secret) {
        byte[] key = secret.exposeSecretBytes();
        return of(new BigInteger(1, Hkdf.SHA_256.expand(key, new byte[] {1}, WIDE_BYTES)));
    }

    /**
     * The exponent that 32 bytes stand for, reduced: for challenges.
     *
     * @param digest uniform bytes
     * @return the exponent
     */
    public static Exponent reduced(byte[] digest) {
        return of(new BigInteger(1, digest));
    }

    /**
     * Reads an exponent.
     *
     * @param encoded 32 bytes
     * @return the exponent
     * @throws MalformedException if it is zero or not below the order
     */
    public static Exponent decode(byte[] encoded) throws MalformedException {
        BigInteger value = new BigInteger(1, encoded);
        if (encoded.length != ENCODED_BYTES || value.signum() == 0 || value.compareTo(Point.ORDER) >= 0) {
            throw new MalformedException("no exponent");
        }
        return new Exponent(value);
    }

    /**
     * Writes the exponent.
     *
     * @return 32 bytes
     */
    public byte[] exposeSecretBytes() {
        return BigIntegers.asUnsignedByteArray(ENCODED_BYTES, value);
    }

    /**
     * Multiplies.
     *
     * @param other the other factor
     * @return the product
     */
    public Exponent times(Exponent other) {
        return of(value.multiply(other.value));
    }

    /**
     * Adds.
     *
     * @param other the other summand
     * @return the sum
     * @throws ArithmeticException if it is zero
     */
    public Exponent plus(Exponent other) {
        return of(value.add(other.value));
    }

    /**
     * Negates.
     *
     * @return the order less this
     */
    public Exponent negated() {
        return of(value.negate());
    }

    /**
     * Inverts.
     *
     * @return the inverse
     */
    public Exponent inverse() {
        return of(BigIntegers.modOddInverse(Point.ORDER, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Exponent that && MessageDigest.isEqual(exposeSecretBytes(), that.exposeSecretBytes());
    }

    /** The same for all: a hash would be a fingerprint. */
    @Override
    public int hashCode() {
        return ENCODED_BYTES;
    }

    @Override
    public String toString() {
        return "Exponent[secret]";
    }
}

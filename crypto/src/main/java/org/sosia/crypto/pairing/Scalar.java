package org.sosia.crypto.pairing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An exponent: an integer modulo the group order, never zero.
 *
 * <p><b>Security.</b> With the native engine its arithmetic runs in constant time. {@link #of(BigInteger)} is for the shares of a secret,
 * which are used once; it does not run in constant time.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes, big-endian, 0 &lt; value &lt; r.
 */
public final class Scalar implements SecretMaterial {
    /** An encoded scalar. */
    public static final int BYTES = 32;

    /** The prime order r of all three groups. */
    public static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    private static final Scalar MINUS_ONE = of(BigInteger.ONE.negate());

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Engine.Exponent value;

    private Scalar(Engine.Exponent value) {
        this.value = value;
    }

    /**
     * Draws a uniform scalar.
     *
     * @return the scalar
     */
    public static Scalar random() {
        // 64 bytes reduced modulo a number of 255 bits: the bias is below 2^-256.
        byte[] wide = new byte[2 * BYTES];
        RANDOM.nextBytes(wide);
        try {
            return new Scalar(Engine.CHOSEN.exponent(wide));
        } finally {
            Arrays.fill(wide, (byte) 0);
        }
    }

    /**
     * Takes an integer modulo the group order.
     *
     * @param integer any integer that is not a multiple of the order
     * @return the scalar
     * @throws ArithmeticException if it is a multiple of the order
     */
    public static Scalar of(BigInteger integer) {
        return new Scalar(Engine.CHOSEN.exponent(encode(nonZero(integer.mod(ORDER)))));
    }

    /**
     * Takes a small integer modulo the group order.
     *
     * @param integer any integer but 0
     * @return the scalar
     * @throws ArithmeticException if it is 0
     */
    public static Scalar of(long integer) {
        return of(BigInteger.valueOf(integer));
    }

    /**
     * Hashes parts to a scalar: each is preceded by its length in four bytes, the whole goes through {@code expand_message_xmd} of RFC
     * 9380 with SHA-256 to 48 bytes, taken modulo the order.
     *
     * @param domain the purpose, unique in the project
     * @param parts what is hashed
     * @return the scalar
     */
    public static Scalar hash(String domain, byte[]... parts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            message.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            message.writeBytes(part);
        }
        return new Scalar(Engine.CHOSEN.hashToExponent(message.toByteArray(), domain));
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #BYTES} bytes
     * @return the scalar
     * @throws MalformedException if the length is wrong, or the number is zero or not below the order
     */
    public static Scalar decode(byte[] encoded) throws MalformedException {
        BigInteger integer = new BigInteger(1, encoded);
        if (encoded.length != BYTES || integer.signum() == 0 || integer.compareTo(ORDER) >= 0) {
            throw new MalformedException("this is no scalar");
        }
        return new Scalar(Engine.CHOSEN.exponent(encoded));
    }

    /**
     * Encodes; the result is as secret as the scalar.
     *
     * @return {@value #BYTES} bytes
     */
    public byte[] encode() {
        return value.encode();
    }

    /**
     * Multiplies modulo the order.
     *
     * @param factor the other factor
     * @return the product
     */
    public Scalar multiply(Scalar factor) {
        return new Scalar(value.multiply(factor.value));
    }

    /**
     * Adds modulo the order.
     *
     * @param summand the other summand
     * @return the sum
     * @throws ArithmeticException if the sum is zero, which for independent random summands never happens
     */
    public Scalar add(Scalar summand) {
        return new Scalar(value.add(summand.value));
    }

    /**
     * Subtracts modulo the order.
     *
     * @param subtrahend what to subtract
     * @return the difference
     * @throws ArithmeticException if both are equal
     */
    public Scalar subtract(Scalar subtrahend) {
        return add(subtrahend.negate());
    }

    /**
     * The exponent of the inverse element.
     *
     * @return r minus this
     */
    public Scalar negate() {
        return multiply(MINUS_ONE);
    }

    /**
     * Splits into two summands, each of which is uniform and says nothing about this: whatever is linear in a secret exponent can be computed by two parties of whom
     * neither learns it.
     *
     * @return two scalars whose sum is this
     */
    public List<Scalar> splitInTwo() {
        Scalar first = random();
        while (first.equals(this)) {
            first = random();
        }
        return List.of(first, subtract(first));
    }

    /**
     * Divides modulo the order.
     *
     * @param divisor what to divide by
     * @return the quotient
     */
    public Scalar divide(Scalar divisor) {
        return multiply(divisor.inverse());
    }

    /**
     * Inverts modulo the order.
     *
     * @return the inverse
     */
    public Scalar inverse() {
        return new Scalar(value.inverse());
    }

    /**
     * The integer, for sharing it.
     *
     * @return 0 &lt; value &lt; r
     */
    public BigInteger toInteger() {
        return new BigInteger(1, encode());
    }

    Engine.Exponent value() {
        return value;
    }

    private static BigInteger nonZero(BigInteger integer) {
        if (integer.signum() == 0) {
            throw new ArithmeticException("zero is no exponent");
        }
        return integer;
    }

    private static byte[] encode(BigInteger integer) {
        byte[] digits = integer.toByteArray();
        byte[] encoded = new byte[BYTES];
        int length = Math.min(digits.length, BYTES);
        System.arraycopy(digits, digits.length - length, encoded, BYTES - length, length);
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar that && MessageDigest.isEqual(encode(), that.encode());
    }

    /** The same for all scalars: a hash would be a fingerprint. */
    @Override
    public int hashCode() {
        return BYTES;
    }

    @Override
    public String toString() {
        return "Scalar[secret]";
    }
}

package org.sosia.crypto.pairing;

import java.util.Arrays;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Engine.Element;

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

    private final Element value;

    Gt(Element value) {
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
        return new Gt(Engine.CHOSEN.decodeGt(encoded));
    }

    /**
     * Encodes.
     *
     * @return {@value #BYTES} bytes
     */
    public byte[] encode() {
        return value.encode();
    }

    /**
     * Multiplies.
     *
     * @param factor the other factor
     * @return the product
     */
    public Gt multiply(Gt factor) {
        return new Gt(value.multiply(factor.value));
    }

    /**
     * Raises to a power by windows of four bits; it multiplies for every digit, also for zero.
     *
     * @param exponent the exponent
     * @return the power
     */
    public Gt power(Scalar exponent) {
        return new Gt(value.power(exponent.value()));
    }

    /**
     * Whether this is the neutral element, which nothing that comes from outside ever is.
     *
     * @return true if it is
     */
    public boolean isOne() {
        return value.isOne();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gt that && value.isSame(that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Gt[element]";
    }

    /**
     * A base that is raised to many powers. The native engine keeps a table of its multiples, about 590 kB, and is four times faster
     * than {@link Gt#power}.
     *
     * <p>Safe for threads.
     */
    public static final class FixedBase {
        private final Engine.Powers powers;

        /**
         * Computes the table.
         *
         * @param base the base
         */
        public FixedBase(Gt base) {
            this.powers = Engine.CHOSEN.powersOf(base.value);
        }

        /**
         * Raises the base to a power; multiplies for every digit, also for zero.
         *
         * @param exponent the exponent
         * @return the power
         */
        public Gt power(Scalar exponent) {
            return new Gt(powers.power(exponent.value()));
        }
    }
}

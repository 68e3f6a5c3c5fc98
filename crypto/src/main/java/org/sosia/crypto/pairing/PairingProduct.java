package org.sosia.crypto.pairing;

/**
 * A product of pairings with one final exponentiation. Born empty, filled by {@link #times}, read once.
 *
 * <p>Not safe for threads.
 */
public final class PairingProduct {
    private final Engine.Product product = Engine.CHOSEN.product();

    /**
     * One pairing.
     *
     * @param left element of the first group
     * @param right element of the second group
     * @return e(left, right)
     */
    public static Gt pair(G1 left, G2 right) {
        return new PairingProduct().times(left, right).value();
    }

    /**
     * Multiplies the product by e(left, right).
     *
     * @param left element of the first group
     * @param right element of the second group
     * @return this product
     */
    public PairingProduct times(G1 left, G2 right) {
        // A neutral element contributes one; an engine's loop is not defined for it.
        if (!left.isOne() && !right.isOne()) {
            product.times(left.point(), right.point());
        }
        return this;
    }

    /**
     * The product.
     *
     * @return an element of the target group, possibly one
     */
    public Gt value() {
        return new Gt(product.value());
    }

    /**
     * Whether the product is one.
     *
     * @return true if it is
     */
    public boolean isOne() {
        return value().isOne();
    }
}

package org.sosia.crypto.pairing;

import supranational.blst.PT;
import supranational.blst.Pairing;

/**
 * A product of pairings with one final exponentiation. Born empty, filled by {@link #times}, read once.
 *
 * <p>Not safe for threads.
 */
public final class PairingProduct {
    private final Pairing pairing = new Pairing(true, "");
    private boolean empty = true;

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
        // A neutral element contributes one; the library's loop is not defined for it.
        if (!left.isOne() && !right.isOne()) {
            pairing.raw_aggregate(right.affine(), left.affine());
            empty = false;
        }
        return this;
    }

    /**
     * The product.
     *
     * @return an element of the target group, possibly one
     */
    public Gt value() {
        if (empty) {
            return new Gt(PT.one());
        }
        pairing.commit();
        return new Gt(pairing.as_fp12().final_exp());
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

package org.sosia.crypto.pairing;

/** The pairing of the two generators, and its powers. */
public final class Generators {
    private static final Gt.FixedBase Z = new Gt.FixedBase(PairingProduct.pair(G1.GENERATOR, G2.GENERATOR));

    private Generators() {}

    /**
     * Raises Z = e(g1, g2) to a power.
     *
     * @param exponent the exponent
     * @return the power
     */
    public static Gt zPower(Scalar exponent) {
        return Z.power(exponent);
    }
}

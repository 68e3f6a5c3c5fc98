package org.sosia.crypto.reencryption;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A secret exponent as points of a random polynomial: A. Shamir, How to Share a Secret, CACM 1979. Trustee i holds f(i), f(0) is the secret.
 *
 * <p>Shares live for one issue and pass through integers, whose time depends on values.
 */
final class ShamirShares implements SecretMaterial {
    private final List<Scalar> shares;

    private ShamirShares(List<Scalar> shares) {
        this.shares = shares;
    }

    static ShamirShares of(Scalar secret, int threshold, int count) {
        if (threshold < TrusteesTarget.MIN_THRESHOLD || threshold > count || count > TrusteesTarget.MAX_TRUSTEES) {
            throw new IllegalArgumentException("there are at most 16 trustees, of whom at least 2 must answer");
        }
        List<BigInteger> polynomial = new ArrayList<>(List.of(secret.toInteger()));
        while (polynomial.size() < threshold) {
            polynomial.add(Scalar.random().toInteger());
        }
        List<Scalar> shares = new ArrayList<>();
        for (int trustee = 1; trustee <= count; trustee++) {
            shares.add(Scalar.of(evaluate(polynomial, BigInteger.valueOf(trustee))));
        }
        return new ShamirShares(shares);
    }

    private static BigInteger evaluate(List<BigInteger> polynomial, BigInteger x) {
        BigInteger value = BigInteger.ZERO;
        for (int power = polynomial.size() - 1; power >= 0; power--) {
            value = value.multiply(x).add(polynomial.get(power)).mod(Scalar.ORDER);
        }
        return value;
    }

    /** Λ_i = ∏ j/(j-i) over the other trustees j: the weight of one share among those that are there. */
    static Scalar weight(int trustee, Set<Integer> all) {
        BigInteger above = BigInteger.ONE;
        BigInteger below = BigInteger.ONE;
        for (int other : all) {
            if (other != trustee) {
                above = above.multiply(BigInteger.valueOf(other));
                below = below.multiply(BigInteger.valueOf((long) other - trustee));
            }
        }
        return Scalar.of(above.multiply(below.modInverse(Scalar.ORDER)));
    }

    /** In the order of the trustees, the first of whom is number 1. */
    List<Scalar> inOrder() {
        return shares;
    }

    @Override
    public String toString() {
        return "ShamirShares[secret]";
    }
}

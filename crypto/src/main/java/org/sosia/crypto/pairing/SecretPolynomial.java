package org.sosia.crypto.pairing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A random polynomial over the exponents whose value at 0 is a secret: Shamir's sharing. Any as many values as it has coefficients give the secret, fewer
 * say nothing about it.
 *
 * <p><b>Source.</b> A. Shamir, How to share a secret, CACM 1979.
 */
public final class SecretPolynomial implements SecretMaterial {
    private final List<Scalar> coefficients;

    private SecretPolynomial(List<Scalar> coefficients) {
        this.coefficients = List.copyOf(coefficients);
    }

    /**
     * Draws a polynomial.
     *
     * @param secret its value at 0
     * @param threshold how many values shall give the secret, at least 1
     * @return the polynomial
     */
    public static SecretPolynomial through(Scalar secret, int threshold) {
        List<Scalar> coefficients = new ArrayList<>(List.of(secret));
        while (coefficients.size() < threshold) {
            coefficients.add(Scalar.random());
        }
        return new SecretPolynomial(coefficients);
    }

    /**
     * One share.
     *
     * @param x the holder's number, from 1
     * @return the value there
     */
    public Scalar at(int x) {
        Scalar factor = Scalar.of(x);
        Scalar value = coefficients.get(coefficients.size() - 1);
        for (int power = coefficients.size() - 2; power >= 0; power--) {
            value = value.multiply(factor).add(coefficients.get(power));
        }
        return value;
    }

    /**
     * The coefficients, for commitments to them.
     *
     * @return the secret first
     */
    public List<Scalar> coefficients() {
        return coefficients;
    }

    /**
     * Lagrange's coefficient: the sum of coefficient times share, over all holders, is the secret.
     *
     * @param holders the numbers of all who contribute, each once and not 0
     * @param x one of them
     * @return by what that one's share counts
     */
    public static Scalar lagrange(Collection<Integer> holders, int x) {
        Scalar coefficient = Scalar.of(1);
        for (int other : holders) {
            if (other != x) {
                coefficient = coefficient.multiply(Scalar.of(other)).divide(Scalar.of((long) other - x));
            }
        }
        return coefficient;
    }

    @Override
    public String toString() {
        return "SecretPolynomial[secret]";
    }
}

package org.sosia.crypto.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shamir's sharing: any so many values give the secret, and no fewer. */
@Tag("both-engines")
class SecretPolynomialTest {
    private final Scalar secret = Scalar.random();

    private static Scalar combined(SecretPolynomial polynomial, List<Integer> holders) {
        return holders.stream()
                .map(x -> polynomial.at(x).multiply(SecretPolynomial.lagrange(holders, x)))
                .reduce(Scalar::add)
                .orElseThrow();
    }

    @Test
    void asManyAsTheThresholdFindTheSecretWhoeverTheyAre() {
        SecretPolynomial polynomial = SecretPolynomial.through(secret, 3);
        for (List<Integer> holders : List.of(
                List.of(1, 2, 3), List.of(3, 1, 2), List.of(2, 5, 64), List.of(16, 1, 7), List.of(4, 3, 2, 1))) {
            assertThat(combined(polynomial, holders)).as("%s", holders).isEqualTo(secret);
        }
    }

    @Test
    void oneFewerFindSomethingElse() {
        SecretPolynomial polynomial = SecretPolynomial.through(secret, 3);
        for (List<Integer> holders : List.of(List.of(1, 2), List.of(2, 5), List.of(1))) {
            assertThat(combined(polynomial, holders)).as("%s", holders).isNotEqualTo(secret);
        }
    }

    /** As whole numbers, coefficient by coefficient. */
    @Test
    void aValueIsThatOfThePolynomial() {
        SecretPolynomial polynomial = SecretPolynomial.through(secret, 4);
        assertThat(polynomial.coefficients()).hasSize(4).startsWith(secret);
        assertThat(Set.copyOf(polynomial.coefficients())).hasSize(4);
        for (int x : new int[] {1, 2, 17}) {
            BigInteger expected = BigInteger.ZERO;
            for (int power = 0; power < 4; power++) {
                expected = expected.add(polynomial
                        .coefficients()
                        .get(power)
                        .toInteger()
                        .multiply(BigInteger.valueOf(x).pow(power)));
            }
            assertThat(polynomial.at(x).toInteger()).isEqualTo(expected.mod(Scalar.ORDER));
        }
    }

    @Test
    void aThresholdOfOneIsTheSecretItself() {
        SecretPolynomial constant = SecretPolynomial.through(secret, 1);
        assertThat(constant.coefficients()).containsExactly(secret);
        assertThat(constant.at(1)).isEqualTo(secret);
        assertThat(constant.at(9)).isEqualTo(secret);
        assertThat(SecretPolynomial.lagrange(List.of(9), 9)).isEqualTo(Scalar.of(1));
    }

    /** Lagrange's coefficients at 0 of the places 1, 2, 3 are 3, -3 and 1. */
    @Test
    void weightsAreThoseOfInterpolationAtZero() {
        List<Integer> holders = List.of(1, 2, 3);
        assertThat(SecretPolynomial.lagrange(holders, 1)).isEqualTo(Scalar.of(3));
        assertThat(SecretPolynomial.lagrange(holders, 2)).isEqualTo(Scalar.of(-3));
        assertThat(SecretPolynomial.lagrange(holders, 3)).isEqualTo(Scalar.of(1));
    }

    /** Who held the value at zero would hold the secret. */
    @Test
    void nobodyHoldsTheValueAtZero() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> SecretPolynomial.through(secret, 2).at(0));
        assertThat(SecretPolynomial.through(secret, 2)).hasToString("SecretPolynomial[secret]");
        assertThat(SecretPolynomial.through(secret, 2).coefficients())
                .isNotEqualTo(SecretPolynomial.through(secret, 2).coefficients());
    }
}

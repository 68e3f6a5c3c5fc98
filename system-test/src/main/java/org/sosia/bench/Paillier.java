package org.sosia.bench;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What one product inside a squared distance would cost under Paillier's encryption with a 2048-bit modulus, both clouds together
 * and all randomness computed beforehand: decrypt once, raise once to a short exponent, multiply four times (the secure multiplication of
 * Elmehdwi, Samanthula and Jiang, ICDE 2014). The operations are measured, the sum over rows and dimensions is computed: it would take hours to run.
 */
final class Paillier {
    private static final int BITS = 2048;
    private static final int SHORT_EXPONENT_BITS = 64;

    private final SecureRandom random = new SecureRandom();
    private final BigInteger p = BigInteger.probablePrime(BITS / 2, random);
    private final BigInteger q = BigInteger.probablePrime(BITS / 2, random);
    private final BigInteger square = p.multiply(q).pow(2);
    private final BigInteger ciphertext = new BigInteger(2 * BITS - 1, random).mod(square);

    double secondsPerProduct() {
        BigInteger shortExponent = new BigInteger(SHORT_EXPONENT_BITS, random);
        return median(this::decrypt)
                + median(() -> ciphertext.modPow(shortExponent, square))
                + 4 * median(() -> ciphertext.multiply(ciphertext).mod(square));
    }

    /** The costly part of decryption, modulo both primes' squares. */
    private BigInteger decrypt() {
        return ciphertext
                .modPow(p.subtract(BigInteger.ONE), p.pow(2))
                .add(ciphertext.modPow(q.subtract(BigInteger.ONE), q.pow(2)));
    }

    private static double median(Supplier<BigInteger> operation) {
        double[] seconds = new double[31];
        for (int i = 0; i < seconds.length; i++) {
            long started = System.nanoTime();
            if (operation.get().signum() < 0) {
                throw new IllegalStateException("a residue is never negative");
            }
            seconds[i] = (System.nanoTime() - started) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }
}

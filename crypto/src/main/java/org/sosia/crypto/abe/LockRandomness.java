package org.sosia.crypto.abe;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.SecretBytes;

/** The random exponents of one lock: those of the sharing in the order in which they are drawn, and r_i of each row. */
interface LockRandomness {
    BigInteger forSharing();

    Scalar forRow(int row);

    /** From the platform's generator. */
    final class Fresh implements LockRandomness {
        @Override
        public BigInteger forSharing() {
            return Scalar.random().toInteger();
        }

        @Override
        public Scalar forRow(int row) {
            return Scalar.random();
        }
    }

    /** From a seed: HKDF-Expand to 48 bytes modulo the order, each with its own label and number. */
    final class Derived implements LockRandomness, AutoCloseable {
        private static final String LABEL = "sosia/v1/strict-lock";
        private static final int WIDE_BYTES = 48;

        private final byte[] key;
        private int shares;

        Derived(SecretBytes seed, byte[] context) {
            try (SecretBytes derived = seed.derive(LABEL, context)) {
                key = derived.exposeSecretBytes();
            }
        }

        @Override
        public BigInteger forSharing() {
            return expand("share", shares++).toInteger();
        }

        @Override
        public Scalar forRow(int row) {
            return expand("row", row);
        }

        private Scalar expand(String label, int number) {
            byte[] info = new ByteWriter()
                    .fixed(label.getBytes(StandardCharsets.US_ASCII))
                    .u32(number)
                    .toByteArray();
            byte[] wide = Hkdf.SHA_256.expand(key, info, WIDE_BYTES);
            try {
                return Scalar.of(new BigInteger(1, wide));
            } finally {
                Arrays.fill(wide, (byte) 0);
            }
        }

        @Override
        public void close() {
            Arrays.fill(key, (byte) 0);
        }
    }
}

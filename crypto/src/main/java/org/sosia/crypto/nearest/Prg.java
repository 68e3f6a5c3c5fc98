package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A pseudorandom function from numbered blocks to 16 bytes: AES-256 of the number. Distinct numbers give independent uniform
 * blocks for as long as the key is secret; ECB over counters is the platform's fastest way to compute it.
 *
 * <p>Not for several threads.
 */
final class Prg {
    static final int BLOCK_BYTES = 16;

    /** Numbers and outputs of a piece stay in the second-level cache. */
    private static final int PIECE_BYTES = 1 << 16;

    private final Cipher cipher;

    Prg(SecretBytes key) {
        byte[] bytes = key.exposeSecretBytes();
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(bytes, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Starts a list of so many blocks. */
    Blocks blocks(int count) {
        return new Blocks(count);
    }

    /** The first words of one stream. */
    long[] longs(long stream, int count) {
        return blocks((count + 1) / 2).run(stream, 0, (count + 1) / 2).longs(count);
    }

    /** The first 32-bit words of one stream. */
    int[] ints(long stream, int count) {
        return blocks((count + 3) / 4).run(stream, 0, (count + 3) / 4).ints(count);
    }

    /** A list of block numbers, then of the blocks. */
    final class Blocks {
        private final byte[] bytes;
        private final ByteBuffer numbers;

        private Blocks(int count) {
            bytes = new byte[Math.multiplyExact(count, BLOCK_BYTES)];
            numbers = ByteBuffer.wrap(bytes);
        }

        /** Appends the numbers (high, low), (high, low + 1), … */
        Blocks run(long high, long low, int count) {
            for (int i = 0; i < count; i++) {
                numbers.putLong(high).putLong(low + i);
            }
            return this;
        }

        long[] longs(int count) {
            long[] words = new long[count];
            ByteBuffer.wrap(compute()).asLongBuffer().get(words);
            return words;
        }

        int[] ints(int count) {
            int[] words = new int[count];
            ByteBuffer.wrap(compute()).asIntBuffer().get(words);
            return words;
        }

        private byte[] compute() {
            if (numbers.hasRemaining()) {
                throw new IllegalStateException("fewer blocks were numbered than announced");
            }
            byte[] piece = new byte[Math.min(PIECE_BYTES, bytes.length)];
            try {
                for (int at = 0; at < bytes.length; at += piece.length) {
                    int length = Math.min(piece.length, bytes.length - at);
                    cipher.update(bytes, at, length, piece, 0);
                    System.arraycopy(piece, 0, bytes, at, length);
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("whole blocks are always encrypted", e);
            }
            return bytes;
        }
    }
}

package org.sosia.crypto.splitting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The key under which split content is masked, drawn for one split and shared k of n among its shares (Shamir, Bouncy Castle's). It
 * makes half of the content worth nothing, even to whoever has the record's own key.
 */
final class SplitKey implements SecretMaterial {
    static final int BYTES = 32;

    private static final Algorithm FIELD = Algorithm.AES;
    private static final int BLOCK_BYTES = 16;

    private final SecretBytes secret;

    private SplitKey(SecretBytes secret) {
        this.secret = secret;
    }

    /** A fresh key, and what each of the n shares keeps of it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Dealt(SplitKey key, byte[][] shares) {}

    static Dealt deal(int needed, int shares) {
        ShamirSplitSecret split = ShamirSecretSplitter.getInstance(FIELD, BYTES, new SecureRandom())
                .split(needed, shares);
        try {
            ShamirSplitSecretShare[] dealt = split.getSecretShares();
            byte[][] encoded = new byte[shares][];
            for (int i = 0; i < shares; i++) {
                encoded[i] = dealt[i].getEncoded();
            }
            return new Dealt(new SplitKey(taken(split.getSecret())), encoded);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key that k shares with these numbers, counted from 0, stand for. */
    static SplitKey combine(int[] numbers, byte[][] shares) {
        return new SplitKey(taken(interpolate(numbers, shares, 0)));
    }

    /** What share {@code number} kept, from k others: the polynomial's value there instead of at zero. */
    static byte[] share(int[] numbers, byte[][] shares, int number) {
        return interpolate(numbers, shares, number + 1);
    }

    private static byte[] interpolate(int[] numbers, byte[][] shares, int at) {
        ShamirSplitSecretShare[] points = new ShamirSplitSecretShare[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            // In a field of characteristic 2, f(x) at `at` is f(x + at) at zero, and + is exclusive or.
            points[i] = new ShamirSplitSecretShare(shares[i].clone(), (numbers[i] + 1) ^ at);
        }
        try {
            return ShamirSplitSecret.getInstance(FIELD, points).getSecret();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SecretBytes taken(byte[] secret) {
        SecretBytes kept = SecretBytes.copyOf(secret);
        Arrays.fill(secret, (byte) 0);
        return kept;
    }

    /** Binds a share to its key: with shares of two keys mixed up, no commitment fits. */
    byte[] commitment(byte[] context) {
        try (SecretBytes commitment = secret.derive("sosia/v1/split/commitment", context)) {
            return commitment.exposeSecretBytes();
        }
    }

    /** The mask from a position on. Masking and unmasking are the same. */
    Cipher mask(byte[] context, long from) {
        try (SecretBytes key = secret.derive("sosia/v1/split/mask", context)) {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            byte[] counter = ByteBuffer.allocate(BLOCK_BYTES)
                    .putLong(0)
                    .putLong(from / BLOCK_BYTES)
                    .array();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.exposeSecretBytes(), "AES"),
                    new IvParameterSpec(counter));
            cipher.update(new byte[(int) (from % BLOCK_BYTES)]);
            return cipher;
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    @Override
    public String toString() {
        return "SplitKey[secret]";
    }
}

package org.sosia.crypto.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF, the key derivation function of RFC 5869, over SHA-256 or SHA-512.
 *
 * <p><b>Security.</b> {@link #derive} accepts any input with enough entropy. {@link #expand} skips the extraction step and so
 * needs a key that is already uniform.
 */
public enum Hkdf {
    /** HKDF with SHA-256; at most 8 160 bytes of output. */
    SHA_256("HmacSHA256", 32),
    /** HKDF with SHA-512; at most 16 320 bytes of output. */
    SHA_512("HmacSHA512", 64);

    private final String algorithm;
    private final int hashBytes;

    Hkdf(String algorithm, int hashBytes) {
        this.algorithm = algorithm;
        this.hashBytes = hashBytes;
    }

    /**
     * Extracts and expands.
     *
     * @param input the secret input, any length
     * @param salt public; empty means a string of zeros as long as the hash
     * @param info what the output is for
     * @param length bytes wanted, 1 to 255 times the hash's length
     * @return fresh bytes; the caller wipes them
     */
    public byte[] derive(byte[] input, byte[] salt, byte[] info, int length) {
        byte[] pseudorandomKey =
                mac(salt.length == 0 ? new byte[hashBytes] : salt).doFinal(input);
        return expand(pseudorandomKey, info, length);
    }

    /**
     * Expands a key that is already uniform.
     *
     * @param key a uniform key, not empty
     * @param info what the output is for
     * @param length bytes wanted, 1 to 255 times the hash's length
     * @return fresh bytes; the caller wipes them
     * @throws IllegalArgumentException if more bytes are wanted than the function can give
     */
    public byte[] expand(byte[] key, byte[] info, int length) {
        if (length < 0 || length > 255 * hashBytes) {
            throw new IllegalArgumentException("HKDF gives at most 255 blocks");
        }
        Mac mac = mac(key);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int filled = 0;
        for (int counter = 1; filled < length; counter++) {
            mac.update(block);
            mac.update(info);
            block = mac.doFinal(new byte[] {(byte) counter});
            int taken = Math.min(block.length, length - filled);
            System.arraycopy(block, 0, output, filled, taken);
            filled += taken;
        }
        return output;
    }

    private Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-2", e);
        }
    }
}

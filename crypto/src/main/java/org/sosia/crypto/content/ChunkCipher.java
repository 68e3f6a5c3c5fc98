package org.sosia.crypto.content;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.SecretBytes;

/**
 * The key, base nonce and cipher of one message. Born with the message's salt, used by one thread, in one direction.
 *
 * <p>One {@link Cipher} serves all chunks of the message: it is initialised again with the next nonce, which costs far less than
 * asking the provider for another. It is always the platform's own AES, never another provider's.
 */
final class ChunkCipher {
    static final int SALT_BYTES = 24;
    static final int COMMITMENT_BYTES = 32;
    static final int TAG_BYTES = 16;

    /** The format ends a message at 4 PiB, so that counter and key wear stay within the bounds of its analysis. */
    static final long MAX_CHUNKS = 1L << 38;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final byte[] INFO =
            "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final byte[] baseNonce;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] commitment;
    private final Cipher cipher;
    private final int mode;

    private ChunkCipher(SecretBytes inputKey, byte[] salt, byte[] context, int mode) {
        byte[] derived = expand(inputKey, salt, context);
        key = new SecretKeySpec(derived, 0, KEY_BYTES, "AES");
        baseNonce = Arrays.copyOfRange(derived, KEY_BYTES, KEY_BYTES + NONCE_BYTES);
        commitment = Arrays.copyOfRange(derived, KEY_BYTES + NONCE_BYTES, derived.length);
        Arrays.fill(derived, (byte) 0);
        this.mode = mode;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    static ChunkCipher encrypting(SecretBytes inputKey, byte[] salt, byte[] context) {
        return new ChunkCipher(inputKey, salt, context, Cipher.ENCRYPT_MODE);
    }

    /** Opens the 56-byte prefix; the commitment is checked before any chunk. */
    static ChunkCipher decrypting(SecretBytes inputKey, byte[] prefix, byte[] context) throws TamperedContentException {
        if (prefix.length != ChunkedEncryption.PREFIX_BYTES) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
        byte[] salt = Arrays.copyOf(prefix, SALT_BYTES);
        ChunkCipher chunks = new ChunkCipher(inputKey, salt, context, Cipher.DECRYPT_MODE);
        if (!MessageDigest.isEqual(chunks.commitment, Arrays.copyOfRange(prefix, SALT_BYTES, prefix.length))) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
        return chunks;
    }

    private static byte[] expand(SecretBytes inputKey, byte[] salt, byte[] context) {
        if (inputKey.length() != KEY_BYTES) {
            throw new IllegalArgumentException("the key of Cobblestone-256 has 32 bytes");
        }
        byte[] info = Arrays.copyOf(INFO, INFO.length + salt.length + context.length);
        System.arraycopy(salt, 0, info, INFO.length, salt.length);
        System.arraycopy(context, 0, info, INFO.length + salt.length, context.length);
        byte[] prk = inputKey.exposeSecretBytes();
        try {
            return Hkdf.SHA_512.expand(prk, info, KEY_BYTES + NONCE_BYTES + COMMITMENT_BYTES);
        } finally {
            Arrays.fill(prk, (byte) 0);
        }
    }

    byte[] commitment() {
        return commitment.clone();
    }

    int encrypt(long chunk, byte[] plaintext, int from, int length, byte[] sealed, int to) {
        try {
            start(chunk);
            return cipher.doFinal(plaintext, from, length, sealed, to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
    }

    /** On refusal nothing of the chunk remains in {@code plaintext}. */
    int decrypt(long chunk, byte[] sealed, int from, int length, byte[] plaintext, int to)
            throws TamperedContentException {
        if (length < TAG_BYTES || chunk >= MAX_CHUNKS) {
            throw new TamperedContentException(chunk);
        }
        try {
            start(chunk);
            return cipher.doFinal(sealed, from, length, plaintext, to);
        } catch (GeneralSecurityException e) {
            Arrays.fill(plaintext, to, to + length - TAG_BYTES, (byte) 0);
            throw new TamperedContentException(chunk);
        }
    }

    private void start(long chunk) throws GeneralSecurityException {
        if (chunk >= MAX_CHUNKS) {
            throw new IllegalStateException("a message has at most 2^38 chunks");
        }
        System.arraycopy(baseNonce, 0, nonce, 0, NONCE_BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - 1 - i] ^= (byte) (chunk >>> (Byte.SIZE * i));
        }
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    }
}

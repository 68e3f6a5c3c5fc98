package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.Hmac;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Wraps the seed under the secrets of a slot, in a way that commits to them.
 *
 * <p><b>Security.</b> A wrap opens under one set of secrets and for one context only; without the commitment, which is checked first, one
 * ciphertext could be made to open under two keys and would tell a guesser about many guesses at once.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes: commitment (32), AES-256-GCM of the seed with zero nonce (48). The key serves once, so the nonce may be
 * constant.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 6.
 */
final class SlotWrap {
    static final int BYTES = 80;
    static final int SEED_BYTES = 32;

    private static final int COMMITMENT_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final SecretBytes LABEL = SecretBytes.copyOf("sosia/v1/slot".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] COMMIT = "commit".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

    private SlotWrap() {}

    /** @param secrets fixed-length secrets one after the other; wiped by the caller */
    static byte[] wrap(byte[] secrets, byte[] context, SecretBytes seed) {
        byte[] prk = extract(secrets);
        byte[] exposed = seed.exposeSecretBytes();
        try {
            byte[] commitment = expand(prk, COMMIT, context);
            byte[] wrapped = cipher(Cipher.ENCRYPT_MODE, prk, context).doFinal(exposed);
            byte[] slot = Arrays.copyOf(commitment, BYTES);
            System.arraycopy(wrapped, 0, slot, COMMITMENT_BYTES, wrapped.length);
            return slot;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        } finally {
            Arrays.fill(exposed, (byte) 0);
            Arrays.fill(prk, (byte) 0);
        }
    }

    static SecretBytes unwrap(byte[] secrets, byte[] context, byte[] slot) throws GeneralSecurityException {
        byte[] prk = extract(secrets);
        byte[] seed = new byte[0];
        try {
            if (!MessageDigest.isEqual(expand(prk, COMMIT, context), Arrays.copyOf(slot, COMMITMENT_BYTES))) {
                throw new WrongKeyException();
            }
            seed = cipher(Cipher.DECRYPT_MODE, prk, context)
                    .doFinal(slot, COMMITMENT_BYTES, slot.length - COMMITMENT_BYTES);
            return SecretBytes.copyOf(seed);
        } catch (AEADBadTagException e) {
            throw new TamperedEnvelopeException();
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(prk, (byte) 0);
        }
    }

    private static byte[] extract(byte[] secrets) {
        return Hmac.sha256(LABEL, secrets);
    }

    private static byte[] expand(byte[] prk, byte[] purpose, byte[] context) {
        byte[] info = Arrays.copyOf(purpose, purpose.length + context.length);
        System.arraycopy(context, 0, info, purpose.length, context.length);
        return Hkdf.SHA_256.expand(prk, info, SEED_BYTES);
    }

    private static Cipher cipher(int mode, byte[] prk, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] key = expand(prk, KEY, context);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
        cipher.updateAAD(context);
        Arrays.fill(key, (byte) 0);
        return cipher;
    }
}

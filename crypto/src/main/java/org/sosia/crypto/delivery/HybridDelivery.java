package org.sosia.crypto.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Sealing to a key of the hybrid suite. Both shared secrets go into one key, together with both ciphertexts, the public keys and the context, so that neither part can be
 * exchanged; a commitment to the key stands before the ciphertext and is checked first. SCHEME 7.
 */
final class HybridDelivery {
    static final byte VERSION = 2;
    static final int COMMITMENT_BYTES = 32;
    static final int OVERHEAD_BYTES = 1 + Rsa3072.BYTES + HybridKem.ML_KEM_CIPHERTEXT_BYTES + COMMITMENT_BYTES + 16;

    private static final int TAG_BITS = 128;
    private static final byte[] LABEL = "sosia/v2/delivery".getBytes(StandardCharsets.US_ASCII);
    static final byte[] COMMIT = "commit".getBytes(StandardCharsets.US_ASCII);
    static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

    private HybridDelivery() {}

    static byte[] seal(PersonPublicKey person, byte[] context, byte[] secret) throws GeneralSecurityException {
        ByteReader key = new ByteReader(person.encode());
        key.expect(PersonPublicKey.HYBRID_VERSION);
        byte[] modulus = key.fixed(Rsa3072.BYTES);
        byte[] mlKem = key.fixed(HybridKem.ML_KEM_PUBLIC_BYTES);
        SecretWithEncapsulation encapsulated = HybridKem.mlKemEncapsulate(HybridKem.mlKemPublicKey(mlKem));
        byte[] rsaShared;
        try (SecretBytes fresh = SecretBytes.random(HybridKem.SHARED_BYTES)) {
            rsaShared = fresh.exposeSecretBytes();
        }
        byte[] rsaCiphertext = HybridKem.rsaEncrypt(Rsa3072.publicKey(modulus), rsaShared);
        byte[] prk = combined(
                rsaShared, encapsulated.getSecret(), rsaCiphertext, encapsulated.getEncapsulation(), person, context);
        try {
            return new ByteWriter()
                    .u8(VERSION)
                    .fixed(rsaCiphertext)
                    .fixed(encapsulated.getEncapsulation())
                    .fixed(expand(prk, COMMIT))
                    .fixed(cipher(Cipher.ENCRYPT_MODE, prk).doFinal(secret))
                    .toByteArray();
        } finally {
            Arrays.fill(prk, (byte) 0);
        }
    }

    static byte[] open(
            PrivateKey rsa, MLKEMPrivateKeyParameters mlKem, PersonPublicKey person, byte[] sealed, byte[] context)
            throws GeneralSecurityException {
        ByteReader reader = new ByteReader(sealed, Delivery.MAX_SEALED_BYTES);
        reader.expect(VERSION);
        byte[] rsaCiphertext = reader.fixed(Rsa3072.BYTES);
        byte[] mlKemCiphertext = reader.fixed(HybridKem.ML_KEM_CIPHERTEXT_BYTES);
        byte[] commitment = reader.fixed(COMMITMENT_BYTES);
        byte[] ciphertext = reader.fixed(sealed.length - OVERHEAD_BYTES + TAG_BITS / Byte.SIZE);
        byte[] prk = combined(
                rsaShared(rsa, rsaCiphertext),
                HybridKem.mlKemDecapsulate(mlKem, mlKemCiphertext),
                rsaCiphertext,
                mlKemCiphertext,
                person,
                context);
        try {
            if (!MessageDigest.isEqual(expand(prk, COMMIT), commitment)) {
                throw new UndeliverableException();
            }
            return cipher(Cipher.DECRYPT_MODE, prk).doFinal(ciphertext);
        } catch (BadPaddingException e) {
            throw new UndeliverableException();
        } finally {
            Arrays.fill(prk, (byte) 0);
        }
    }

    /** Whatever does not decrypt becomes a random secret, as ML-KEM does it: an answer of its own would help to decrypt (J. Manger, CRYPTO 2001). */
    private static byte[] rsaShared(PrivateKey key, byte[] ciphertext) throws GeneralSecurityException {
        byte[] instead;
        try (SecretBytes random = SecretBytes.random(HybridKem.SHARED_BYTES)) {
            instead = random.exposeSecretBytes();
        }
        try {
            byte[] shared = HybridKem.rsaDecrypt(key, ciphertext);
            return shared.length == HybridKem.SHARED_BYTES ? shared : instead;
        } catch (BadPaddingException e) {
            return instead;
        }
    }

    /** SCHEME 7: HKDF(ss_RSA ‖ ss_ML-KEM; label, both ciphertexts, both public keys, context). */
    static byte[] combined(
            byte[] rsaShared,
            byte[] mlKemShared,
            byte[] rsaCiphertext,
            byte[] mlKemCiphertext,
            PersonPublicKey person,
            byte[] context) {
        byte[] shared = new ByteWriter().fixed(rsaShared).fixed(mlKemShared).toByteArray();
        byte[] info = new ByteWriter()
                .sized(LABEL)
                .fixed(rsaCiphertext)
                .fixed(mlKemCiphertext)
                .fixed(person.encode())
                .fixed(context)
                .toByteArray();
        try {
            return Hkdf.SHA_256.derive(shared, new byte[0], info, SecretBytes.DERIVED_BYTES);
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(rsaShared, (byte) 0);
            Arrays.fill(mlKemShared, (byte) 0);
        }
    }

    static byte[] expand(byte[] prk, byte[] purpose) {
        return Hkdf.SHA_256.expand(prk, purpose, SecretBytes.DERIVED_BYTES);
    }

    /** The key serves once, so the nonce may be constant. */
    private static Cipher cipher(int mode, byte[] prk) throws GeneralSecurityException {
        byte[] key = expand(prk, KEY);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
        Arrays.fill(key, (byte) 0);
        return cipher;
    }
}

package org.sosia.crypto.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
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
        byte[] rsaShared = freshShared();
        byte[] rsaCiphertext = HybridKem.rsaEncrypt(Rsa3072.publicKey(modulus), rsaShared);
        byte[] combined = combined(
                rsaShared, encapsulated.getSecret(), rsaCiphertext, encapsulated.getEncapsulation(), person, context);
        return SecretBytes.wipedAfter(
                combined,
                prk -> new ByteWriter()
                        .u8(VERSION)
                        .fixed(rsaCiphertext)
                        .fixed(encapsulated.getEncapsulation())
                        .fixed(expand(prk, COMMIT))
                        .fixed(cipher(Cipher.ENCRYPT_MODE, prk).doFinal(secret))
                        .toByteArray());
    }

    private static byte[] freshShared() {
        try (SecretBytes fresh = SecretBytes.random(HybridKem.SHARED_BYTES)) {
            return fresh.exposeSecretBytes();
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
        if (sealed.length < OVERHEAD_BYTES) {
            // The platform's cipher takes what is shorter than a tag for a mistake of its caller.
            throw new UndeliverableException();
        }
        byte[] ciphertext = reader.fixed(sealed.length - OVERHEAD_BYTES + TAG_BITS / Byte.SIZE);
        byte[] combined = combined(
                rsaShared(rsa, rsaCiphertext),
                HybridKem.mlKemDecapsulate(mlKem, mlKemCiphertext),
                rsaCiphertext,
                mlKemCiphertext,
                person,
                context);
        try {
            return SecretBytes.wipedAfter(combined, prk -> {
                if (!MessageDigest.isEqual(expand(prk, COMMIT), commitment)) {
                    throw new UndeliverableException();
                }
                return cipher(Cipher.DECRYPT_MODE, prk).doFinal(ciphertext);
            });
        } catch (BadPaddingException e) {
            throw new UndeliverableException();
        }
    }

    /** Whatever does not decrypt becomes a random secret, as ML-KEM does it: an answer of its own would help to decrypt (J. Manger, CRYPTO 2001). */
    private static byte[] rsaShared(PrivateKey key, byte[] ciphertext) throws GeneralSecurityException {
        byte[] instead = freshShared();
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
        byte[] shared = SecretBytes.wipedAfter(
                rsaShared,
                rsa -> SecretBytes.wipedAfter(
                        mlKemShared,
                        mlKem -> new ByteWriter().fixed(rsa).fixed(mlKem).toByteArray()));
        byte[] info = new ByteWriter()
                .sized(LABEL)
                .fixed(rsaCiphertext)
                .fixed(mlKemCiphertext)
                .fixed(person.encode())
                .fixed(context)
                .toByteArray();
        return SecretBytes.wipedAfter(
                shared, both -> Hkdf.SHA_256.derive(both, new byte[0], info, SecretBytes.DERIVED_BYTES));
    }

    static byte[] expand(byte[] prk, byte[] purpose) {
        return Hkdf.SHA_256.expand(prk, purpose, SecretBytes.DERIVED_BYTES);
    }

    /** The key serves once, so the nonce may be constant. */
    private static Cipher cipher(int mode, byte[] prk) throws GeneralSecurityException {
        return SecretBytes.wipedAfter(expand(prk, KEY), key -> {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
            return cipher;
        });
    }
}

package org.sosia.crypto.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Seals a secret to one person's own key.
 *
 * <p><b>Security.</b> Nobody but that person reads it, and it opens for the stated context only. It does <em>not</em> say who sealed it: whoever
 * needs that has it signed.
 *
 * <p><b>Shape.</b> version 1, encapsulated key (32), ciphertext with tag; at most {@value #MAX_SEALED_BYTES} bytes.
 *
 * <p><b>Source.</b> HPKE, RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; docs/FORMATS.md, section Delivery.
 */
public final class Delivery {
    /** Limit of a sealed secret; what is delivered are keys, not documents. */
    public static final int MAX_SEALED_BYTES = 4_096;

    /** Length of a sealed secret of 32 bytes in the longer of the two forms. */
    public static final int MAX_SEALED_SECRET_BYTES = HybridDelivery.OVERHEAD_BYTES + SecretBytes.DERIVED_BYTES;

    private static final byte VERSION = 1;
    private static final int MAX_SECRET_BYTES = 4_000;
    private static final int MAX_HYBRID_SECRET_BYTES = 2_500;
    private static final int KEY_BYTES = X25519PublicKeyParameters.KEY_SIZE;
    private static final byte[] LABEL = "sosia/v1/delivery".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_BYTES = new byte[0];

    private Delivery() {}

    /**
     * Seals.
     *
     * @param publicKey of the person, as {@link PersonKey#publicKey()} gives it
     * @param context what the secret is for; it opens only with the same
     * @param secret at most 4 000 bytes, 2 500 for a hybrid key
     * @return the sealed secret
     * @throws GeneralSecurityException if the public key is no usable point
     */
    public static byte[] seal(byte[] publicKey, byte[] context, byte[] secret) throws GeneralSecurityException {
        PersonPublicKey person = PersonPublicKey.decode(publicKey);
        boolean hybrid = person.suite() == PersonKeySuite.RSA_3072_WITH_ML_KEM_768;
        if (secret.length > (hybrid ? MAX_HYBRID_SECRET_BYTES : MAX_SECRET_BYTES)) {
            throw new IllegalArgumentException("a delivered secret has at most 4 000 bytes, 2 500 for a hybrid key");
        }
        return hybrid ? HybridDelivery.seal(person, context, secret) : sealByHpke(publicKey, context, secret);
    }

    /**
     * Seals.
     *
     * @param person to whom
     * @param context what the secret is for; it opens only with the same
     * @param secret the secret
     * @return the sealed secret
     * @throws GeneralSecurityException if the public key is no usable point
     */
    public static byte[] seal(PersonPublicKey person, byte[] context, SecretBytes secret)
            throws GeneralSecurityException {
        return secret.exposeSecretBytes(exposed -> seal(person.encode(), context, exposed));
    }

    private static byte[] sealByHpke(byte[] publicKey, byte[] context, byte[] secret) throws GeneralSecurityException {
        try {
            HPKE hpke = suite();
            HPKEContextWithEncapsulation sender = hpke.setupBaseS(hpke.deserializePublicKey(publicKey), info(context));
            return new ByteWriter()
                    .u8(VERSION)
                    .fixed(sender.getEncapsulation())
                    .fixed(sender.seal(NO_BYTES, secret))
                    .toByteArray();
        } catch (InvalidCipherTextException | RuntimeException e) {
            // X25519 refuses points of small order: a shared secret that everybody knows.
            throw new MalformedException("this is no public key");
        }
    }

    static byte[] open(byte[] privateKey, byte[] publicKey, byte[] sealed, byte[] context)
            throws GeneralSecurityException {
        ByteReader reader = new ByteReader(sealed, MAX_SEALED_BYTES);
        reader.expect(VERSION);
        byte[] encapsulated = reader.fixed(KEY_BYTES);
        byte[] ciphertext = reader.fixed(sealed.length - 1 - KEY_BYTES);
        try {
            HPKE hpke = suite();
            AsymmetricCipherKeyPair person = hpke.deserializePrivateKey(privateKey, publicKey);
            return hpke.setupBaseR(encapsulated, person, info(context)).open(NO_BYTES, ciphertext);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new UndeliverableException();
        }
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static byte[] info(byte[] context) {
        return new ByteWriter().sized(LABEL).fixed(context).toByteArray();
    }
}

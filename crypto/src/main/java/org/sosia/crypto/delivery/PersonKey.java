package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One person's own key, to which partial keys are sealed.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, X25519 private key (32).
 *
 * <p><b>Source.</b> docs/FORMATS.md, section Delivery.
 */
public final class PersonKey implements SecretMaterial {
    /** An encoded key. */
    public static final int ENCODED_BYTES = 1 + X25519PrivateKeyParameters.KEY_SIZE;

    private static final byte VERSION = 1;

    private final SecretBytes secret;

    private PersonKey(SecretBytes secret) {
        this.secret = secret;
    }

    /**
     * Makes a fresh key.
     *
     * @return the key
     */
    public static PersonKey generate() {
        return new PersonKey(SecretBytes.random(X25519PrivateKeyParameters.KEY_SIZE));
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the key
     * @throws GeneralSecurityException if version or length is wrong
     */
    public static PersonKey decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            SecretBytes secret = SecretBytes.copyOf(reader.fixed(X25519PrivateKeyParameters.KEY_SIZE));
            reader.end();
            return new PersonKey(secret);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public SecretBytes encode() {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            return SecretBytes.copyOf(
                    new ByteWriter().u8(VERSION).fixed(exposed).toByteArray());
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /**
     * What others need to seal something to this person.
     *
     * @return 32 bytes
     */
    public byte[] publicKey() {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            return new X25519PrivateKeyParameters(exposed).generatePublicKey().getEncoded();
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /**
     * Opens what {@link Delivery#seal} sealed to this person.
     *
     * @param sealed the sealed secret
     * @param context as when it was sealed
     * @return the secret; the caller wipes it
     * @throws GeneralSecurityException if it was sealed to somebody else, for another context, or changed
     */
    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            return Delivery.open(exposed, publicKey(), sealed, context);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "PersonKey[secret]";
    }
}

package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The small secret a person keeps: it turns what the cloud computed into the locked secret.
 *
 * <p><b>Security.</b> Uniform and independent of the master secret as long as the person's transform key stays apart from it.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, z (32).
 *
 * <p><b>Source.</b> z in docs/SCHEME.md, section 3, KeyGen.
 */
public final class RetrievalKey implements SecretMaterial {
    /** An encoded key. */
    public static final int ENCODED_BYTES = 1 + Scalar.BYTES;

    private static final byte VERSION = 1;

    private final Scalar z;

    RetrievalKey(Scalar z) {
        this.z = z;
    }

    /**
     * Draws a key, where the person is: nobody else needs to know it.
     *
     * @return a fresh key
     */
    public static RetrievalKey generate() {
        return new RetrievalKey(Scalar.random());
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the key
     * @throws GeneralSecurityException if version, length or the scalar is wrong
     */
    public static RetrievalKey decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            Scalar z = Scalar.decode(reader.fixed(Scalar.BYTES));
            reader.end();
            return new RetrievalKey(z);
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
        return SecretBytes.copyOf(new ByteWriter().u8(VERSION).fixed(z.encode()).toByteArray());
    }

    /**
     * What others may know of this key: enough to issue and to check transform keys, not to open.
     *
     * <p>A key that a passphrase blinds ({@link BlindedRetrievalKey}) must not leave its image where the blinded key is kept: whoever has both
     * can try passphrases.
     *
     * @param parameters of the authority
     * @return P and Y_u
     */
    public RetrievalImage image(PublicParameters parameters) {
        Scalar exponent = z.inverse();
        return new RetrievalImage(G1.GENERATOR.power(exponent), parameters.encapsulated(exponent));
    }

    /**
     * Asks for a transform key: the image, and a proof that this person knows the retrieval key behind it.
     *
     * @param parameters of the authority
     * @param context what the request is for, for example person and session; the authority verifies with the same bytes, so that a request seen
     *     once serves nowhere else
     * @return the request
     */
    public KeyRequest request(PublicParameters parameters, byte[] context) {
        return KeyRequest.prove(parameters, image(parameters), z.inverse(), context);
    }

    /**
     * The last step of decryption, K = T^z.
     *
     * @param transformed what the cloud computed; it was checked to be in the group when it was decoded
     * @return the locked secret, or an unrelated element if the cloud lied
     */
    public Gt retrieve(Gt transformed) {
        return transformed.power(z);
    }

    Scalar exponent() {
        return z;
    }

    @Override
    public String toString() {
        return "RetrievalKey[secret]";
    }
}

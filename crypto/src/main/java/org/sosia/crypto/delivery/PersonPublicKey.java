package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.rsa.Rsa3072;

/**
 * What others need to seal something to a person.
 *
 * <p><b>Shape.</b> X25519: the key, {@value #X25519_BYTES} bytes. RSA with ML-KEM: version 2, RSA modulus (384, exponent 65537), ML-KEM-768 key (1184), {@value
 * #HYBRID_BYTES} bytes together. The length tells them apart.
 *
 * <p><b>Source.</b> docs/FORMATS.md, section Delivery.
 */
public final class PersonPublicKey {
    /** An encoded X25519 key. */
    public static final int X25519_BYTES = X25519PublicKeyParameters.KEY_SIZE;

    /** An encoded hybrid key. */
    public static final int HYBRID_BYTES = 1 + Rsa3072.BYTES + HybridKem.ML_KEM_PUBLIC_BYTES;

    static final byte HYBRID_VERSION = 2;

    private final byte[] encoded;

    private PersonPublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #X25519_BYTES} or {@value #HYBRID_BYTES} bytes
     * @return the key
     * @throws GeneralSecurityException if the length is another, or this is no usable key
     */
    public static PersonPublicKey decode(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length == HYBRID_BYTES) {
            ByteReader reader = new ByteReader(encoded);
            reader.expect(HYBRID_VERSION);
            Rsa3072.publicKey(reader.fixed(Rsa3072.BYTES));
            HybridKem.mlKemPublicKey(reader.fixed(HybridKem.ML_KEM_PUBLIC_BYTES));
        } else if (encoded.length != X25519_BYTES) {
            throw new MalformedException("this is no public key");
        }
        return new PersonPublicKey(encoded.clone());
    }

    static PersonPublicKey hybrid(byte[] modulus, byte[] mlKem) {
        return new PersonPublicKey(
                new ByteWriter().u8(HYBRID_VERSION).fixed(modulus).fixed(mlKem).toByteArray());
    }

    static PersonPublicKey x25519(byte[] key) {
        return new PersonPublicKey(key.clone());
    }

    /**
     * Encodes.
     *
     * @return {@value #X25519_BYTES} or {@value #HYBRID_BYTES} bytes
     */
    public byte[] encode() {
        return encoded.clone();
    }

    /**
     * Of what kind it is.
     *
     * @return the suite
     */
    public PersonKeySuite suite() {
        return encoded.length == HYBRID_BYTES ? PersonKeySuite.RSA_3072_WITH_ML_KEM_768 : PersonKeySuite.X25519;
    }

    /**
     * Names the key among all others.
     *
     * @return SHA-256 of the encoding
     */
    public byte[] fingerprint() {
        return Digests.sha256(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonPublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "PersonPublicKey[" + suite() + "]";
    }
}

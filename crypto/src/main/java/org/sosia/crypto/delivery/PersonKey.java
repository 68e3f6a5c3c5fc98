package org.sosia.crypto.delivery;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One person's own key, to which partial keys, seeds and shares are sealed.
 *
 * <p><b>Shape.</b> X25519: version 1, private key (32), {@value #ENCODED_BYTES} bytes together. RSA with ML-KEM: version 2, ML-KEM-768 seed (64), RSA private key in PKCS #8 with its
 * length in two bytes, at most {@value #MAX_ENCODED_BYTES} bytes together.
 *
 * <p><b>Source.</b> docs/FORMATS.md, section Delivery.
 */
public final class PersonKey implements SecretMaterial {
    /** An encoded X25519 key. */
    public static final int ENCODED_BYTES = 1 + X25519PrivateKeyParameters.KEY_SIZE;

    /** Limit of an encoded key of either suite. */
    public static final int MAX_ENCODED_BYTES = 2_560;

    private static final byte X25519_VERSION = 1;
    private static final byte HYBRID_VERSION = 2;
    private static final int MAX_PKCS8_BYTES = 2_048;

    private final PersonKeySuite suite;

    /** The X25519 private key, or the ML-KEM seed followed by the RSA key. */
    private final SecretBytes secret;

    private final PersonPublicKey publicPart;

    private PersonKey(PersonKeySuite suite, SecretBytes secret, PersonPublicKey publicPart) {
        this.suite = suite;
        this.secret = secret;
        this.publicPart = publicPart;
    }

    /**
     * Makes a fresh key of X25519.
     *
     * @return the key
     */
    public static PersonKey generate() {
        return generate(PersonKeySuite.X25519);
    }

    /**
     * Makes a fresh key. An RSA key takes a noticeable part of a second.
     *
     * @param suite of what kind
     * @return the key
     */
    public static PersonKey generate(PersonKeySuite suite) {
        if (suite == PersonKeySuite.X25519) {
            return x25519(SecretBytes.random(X25519PrivateKeyParameters.KEY_SIZE));
        }
        try (SecretBytes seed = SecretBytes.random(HybridKem.ML_KEM_SEED_BYTES)) {
            return hybrid(seed.exposeSecretBytes(), Rsa3072.generate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key just made cannot be read", e);
        }
    }

    private static PersonKey x25519(SecretBytes secret) {
        byte[] publicKey = secret.exposeSecretBytes(exposed ->
                new X25519PrivateKeyParameters(exposed).generatePublicKey().getEncoded());
        return new PersonKey(PersonKeySuite.X25519, secret, PersonPublicKey.x25519(publicKey));
    }

    private static PersonKey hybrid(byte[] mlKemSeed, byte[] rsaKey) throws GeneralSecurityException {
        return SecretBytes.wipedAfter(
                mlKemSeed,
                seed -> SecretBytes.wipedAfter(rsaKey, pkcs8 -> {
                    PersonPublicKey publicPart = PersonPublicKey.hybrid(
                            Rsa3072.modulus(Rsa3072.secretKey(pkcs8)),
                            HybridKem.mlKemPrivateKey(seed).getPublicKey());
                    byte[] both = new ByteWriter().fixed(seed).fixed(pkcs8).toByteArray();
                    return new PersonKey(
                            PersonKeySuite.RSA_3072_WITH_ML_KEM_768,
                            SecretBytes.wipedAfter(both, SecretBytes::copyOf),
                            publicPart);
                }));
    }

    /**
     * Decodes a key of either suite.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length or a key is wrong
     */
    public static PersonKey decode(SecretBytes encoded) throws GeneralSecurityException {
        return encoded.exposeSecretBytes(bytes -> {
            ByteReader reader = new ByteReader(bytes, MAX_ENCODED_BYTES);
            int version = reader.u8();
            PersonKey key = switch (version) {
                case X25519_VERSION -> x25519(SecretBytes.copyOf(reader.fixed(X25519PrivateKeyParameters.KEY_SIZE)));
                case HYBRID_VERSION -> hybrid(reader.fixed(HybridKem.ML_KEM_SEED_BYTES), reader.sized(MAX_PKCS8_BYTES));
                default -> throw new MalformedException("a person's key of another version");
            };
            reader.end();
            return key;
        });
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public SecretBytes encode() {
        byte[] encoded = secret.exposeSecretBytes(exposed -> {
            ByteWriter writer = new ByteWriter();
            if (suite == PersonKeySuite.X25519) {
                writer.u8(X25519_VERSION).fixed(exposed);
            } else {
                writer.u8(HYBRID_VERSION)
                        .fixed(Arrays.copyOf(exposed, HybridKem.ML_KEM_SEED_BYTES))
                        .sized(Arrays.copyOfRange(exposed, HybridKem.ML_KEM_SEED_BYTES, exposed.length));
            }
            return writer.toByteArray();
        });
        return SecretBytes.wipedAfter(encoded, SecretBytes::copyOf);
    }

    /**
     * Of what kind it is.
     *
     * @return the suite
     */
    public PersonKeySuite suite() {
        return suite;
    }

    /**
     * What others need to seal something to this person.
     *
     * @return the public part
     */
    public PersonPublicKey publicPart() {
        return publicPart;
    }

    /**
     * What others need to seal something to this person.
     *
     * @return the public part, encoded
     */
    public byte[] publicKey() {
        return publicPart.encode();
    }

    /**
     * Opens what {@link Delivery#seal(byte[], byte[], byte[])} sealed to this person.
     *
     * @param sealed the sealed secret
     * @param context as when it was sealed
     * @return the secret; the caller wipes it
     * @throws GeneralSecurityException if it was sealed to somebody else, for another context, or changed
     */
    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return secret.exposeSecretBytes(exposed -> {
            if (suite == PersonKeySuite.X25519) {
                return Delivery.open(exposed, publicKey(), sealed, context);
            }
            byte[] seed = Arrays.copyOf(exposed, HybridKem.ML_KEM_SEED_BYTES);
            byte[] pkcs8 = Arrays.copyOfRange(exposed, HybridKem.ML_KEM_SEED_BYTES, exposed.length);
            return HybridDelivery.open(
                    Rsa3072.secretKey(pkcs8), HybridKem.mlKemPrivateKey(seed), publicPart, sealed, context);
        });
    }

    /**
     * Opens what {@link Delivery#seal(PersonPublicKey, byte[], SecretBytes)} sealed to this person.
     *
     * @param sealed the sealed secret
     * @param context as when it was sealed
     * @return the secret
     * @throws GeneralSecurityException if it was sealed to somebody else, for another context, or changed
     */
    public SecretBytes openSecret(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return SecretBytes.wipedAfter(open(sealed, context), SecretBytes::copyOf);
    }

    @Override
    public String toString() {
        return "PersonKey[secret]";
    }
}

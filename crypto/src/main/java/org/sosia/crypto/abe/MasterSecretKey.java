package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The key authority's secret: who holds it can open everything that was ever locked under its parameters.
 *
 * <p><b>Security.</b> That is escrow by nature, and nothing here softens it. Every key gets fresh randomness, so two people cannot pool
 * theirs.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, α (32), a (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Setup and KeyGen.
 */
public final class MasterSecretKey implements SecretMaterial {
    /** An encoded key. */
    public static final int ENCODED_BYTES = 1 + 2 * Scalar.BYTES;

    private static final byte VERSION = 1;

    private final Scalar alpha;
    private final Scalar blindingExponent;
    private final PublicParameters publicParameters;

    MasterSecretKey(Scalar alpha, Scalar blindingExponent) {
        this.alpha = alpha;
        this.blindingExponent = blindingExponent;
        this.publicParameters = new PublicParameters(G1.GENERATOR.power(blindingExponent), Generators.zPower(alpha));
    }

    /**
     * Setup.
     *
     * @return a fresh authority
     */
    public static MasterSecretKey generate() {
        return new MasterSecretKey(Scalar.random(), Scalar.random());
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the key
     * @throws GeneralSecurityException if version, length or a scalar is wrong
     */
    public static MasterSecretKey decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            Scalar alpha = Scalar.decode(reader.fixed(Scalar.BYTES));
            Scalar blindingExponent = Scalar.decode(reader.fixed(Scalar.BYTES));
            reader.end();
            return new MasterSecretKey(alpha, blindingExponent);
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
        return SecretBytes.copyOf(new ByteWriter()
                .u8(VERSION)
                .fixed(alpha.encode())
                .fixed(blindingExponent.encode())
                .toByteArray());
    }

    /**
     * What everybody may know.
     *
     * @return the parameters
     */
    public PublicParameters publicParameters() {
        return publicParameters;
    }

    /**
     * Issues the two keys of one person, whose retrieval key the authority draws and so knows while it runs. {@link #issue} does not ask for
     * that trust.
     *
     * @param held the attributes vouched for, at most {@value TransformKey#MAX_ATTRIBUTES}; a key for none opens nothing
     * @return the transform key for the cloud and the retrieval key for the person
     */
    public UserKeys keyGen(Set<Attribute> held) {
        Scalar z = Scalar.random();
        G1 base = G1.GENERATOR.power(alpha.divide(z));
        return new UserKeys(TransformKey.issue(base, publicParameters, held, Scalar.random()), new RetrievalKey(z));
    }

    /**
     * Issues a transform key for a retrieval key that this authority never sees; and issues it again, for other attributes or later
     * epochs, without any act of the person, whose retrieval key goes on working with the new key.
     *
     * <p>SCHEME 3, Issue: K = P^α · A^t with a fresh t.
     *
     * @param person from a verified {@link KeyRequest}, kept since
     * @param held the attributes vouched for, at most {@value TransformKey#MAX_ATTRIBUTES}
     * @return the transform key for the cloud, in place of any earlier one
     */
    public TransformKey issue(RetrievalImage person, Set<Attribute> held) {
        return TransformKey.issue(person.point().power(alpha), publicParameters, held, Scalar.random());
    }

    /**
     * What the retrieval key behind another authority's image looks like to this one: for when a master key takes another's place. The person does nothing, and nobody learns her key:
     * Y_u = e(P, g2)^α = Y^(1/z).
     *
     * @param person an image of whatever authority, from a verified {@link KeyRequest}
     * @return the image of the same retrieval key under these parameters
     */
    public RetrievalImage imageOf(RetrievalImage person) {
        return new RetrievalImage(
                person.point(), PairingProduct.pair(person.point().power(alpha), G2.GENERATOR));
    }

    Scalar alpha() {
        return alpha;
    }

    Scalar blindingExponent() {
        return blindingExponent;
    }

    @Override
    public String toString() {
        return "MasterSecretKey[secret]";
    }
}

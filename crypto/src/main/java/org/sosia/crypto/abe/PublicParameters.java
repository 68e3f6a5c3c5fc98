package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;

/**
 * What everybody knows of a key authority; enough to lock, not to open.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, A = g1^a (48), Y = Z^α (576).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Setup.
 */
public final class PublicParameters {
    /** Encoded parameters. */
    public static final int ENCODED_BYTES = 1 + G1.BYTES + Gt.BYTES;

    private static final byte VERSION = 1;
    private static final String ATTRIBUTE_DOMAIN = "SOSIA-V1-ATTRIBUTE-BLS12381G1_XMD:SHA-256_SSWU_RO_";

    private final G1 blinding;
    private final Gt secured;
    private final Gt.FixedBase securedPowers;

    PublicParameters(G1 blinding, Gt secured) {
        this.blinding = blinding;
        this.secured = secured;
        this.securedPowers = new Gt.FixedBase(secured);
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the parameters
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static PublicParameters decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        G1 blinding = G1.decode(reader.fixed(G1.BYTES));
        Gt secured = Gt.decode(reader.fixed(Gt.BYTES));
        reader.end();
        return new PublicParameters(blinding, secured);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(blinding.encode())
                .fixed(secured.encode())
                .toByteArray();
    }

    /**
     * Names these parameters among others.
     *
     * @return SHA-256 of the encoding
     */
    public byte[] digest() {
        return Digests.sha256(encode());
    }

    /**
     * The secret that encapsulation with this exponent locks: K = Y^s.
     *
     * @param exponent the encryption exponent s
     * @return K
     */
    public Gt encapsulated(Scalar exponent) {
        return securedPowers.power(exponent);
    }

    /** A = g1^a. */
    G1 blinding() {
        return blinding;
    }

    /** H(x). */
    static G1 hash(Attribute attribute) {
        return G1.hash(attribute.encode(), ATTRIBUTE_DOMAIN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicParameters that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}

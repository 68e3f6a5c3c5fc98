package org.sosia.crypto.grant;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.secret.SecretBytes;

/**
 * What the cloud makes of its half of an approval for one record.
 *
 * <p><b>Security.</b> Without the partial key both parts are random. What a lying cloud sends is noticed when the envelope is opened.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, Z^(k_g·z_g) (576), q = G ⊕ p (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 5.
 */
public final class ConvertedGrant {
    /** An encoded result. */
    public static final int ENCODED_BYTES = 1 + Gt.BYTES + SecretBytes.DERIVED_BYTES;

    private static final byte VERSION = 1;

    private final Gt converted;
    private final byte[] maskedSecret;

    ConvertedGrant(Gt converted, byte[] maskedSecret) {
        this.converted = converted;
        this.maskedSecret = maskedSecret;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the result
     * @throws GeneralSecurityException if version, length or the element is wrong
     */
    public static ConvertedGrant decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        Gt converted = Gt.decode(reader.fixed(Gt.BYTES));
        byte[] maskedSecret = reader.fixed(SecretBytes.DERIVED_BYTES);
        reader.end();
        return new ConvertedGrant(converted, maskedSecret);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(converted.encode())
                .fixed(maskedSecret)
                .toByteArray();
    }

    /**
     * The person's step: K_g = converted^(1/z_g).
     *
     * @param partialKey the person's half
     * @param approvalKey PK_g of the record's header
     * @return K_g, or an unrelated element if the halves do not belong together
     */
    public Gt approvalSecret(PartialKey partialKey, G1 approvalKey) {
        return converted.power(partialKey.blindingFor(approvalKey).inverse());
    }

    /**
     * The person's other step: G = q ⊕ p.
     *
     * @param partialKey the person's half
     * @param approvalKey PK_g of the record's header
     * @return the collection's symmetric secret, or unrelated bytes if the halves do not belong together
     */
    public SecretBytes collectionSecret(PartialKey partialKey, G1 approvalKey) {
        return partialKey.mask(approvalKey, maskedSecret);
    }
}

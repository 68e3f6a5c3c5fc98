package org.sosia.crypto.grant;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;

/**
 * The half of an approval that a cloud keeps, converts with, and deletes when the owner takes the approval back.
 *
 * <p><b>Security.</b> Without the partial key it is a random point and a random string. It serves every record of one collection and epoch; that
 * it is used only for the record it was issued for is enforced by the cloud that keeps it, not by the mathematics. Person and cloud
 * together can keep the approval of that collection alive after it was taken back; attributes are still needed to read.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, PK_g (48), g2^(z_g/o_g) (96), q = G ⊕ p (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 5.
 */
public final class GrantHalf {
    /** An encoded half. */
    public static final int ENCODED_BYTES = 1 + G1.BYTES + G2.BYTES + SecretBytes.DERIVED_BYTES;

    private static final byte VERSION = 1;

    private final G1 approvalKey;
    private final G2 conversion;
    private final byte[] maskedSecret;

    private GrantHalf(G1 approvalKey, G2 conversion, byte[] maskedSecret) {
        this.approvalKey = approvalKey;
        this.conversion = conversion;
        this.maskedSecret = maskedSecret;
    }

    /**
     * Makes the half that belongs to a partial key; only the owner's collection keys can.
     *
     * @param partialKey what the person receives
     * @param approvalExponent o_g
     * @param collectionSecret G, 32 bytes
     * @return the half for the cloud
     */
    public static GrantHalf issue(PartialKey partialKey, Scalar approvalExponent, SecretBytes collectionSecret) {
        G1 approvalKey = G1.GENERATOR.power(approvalExponent);
        G2 conversion = G2.GENERATOR.power(partialKey.blindingFor(approvalKey).divide(approvalExponent));
        byte[] secret = collectionSecret.exposeSecretBytes();
        try (SecretBytes masked = partialKey.mask(approvalKey, secret)) {
            return new GrantHalf(approvalKey, conversion, masked.exposeSecretBytes());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the half
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static GrantHalf decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        G1 approvalKey = G1.decode(reader.fixed(G1.BYTES));
        G2 conversion = G2.decode(reader.fixed(G2.BYTES));
        byte[] maskedSecret = reader.fixed(SecretBytes.DERIVED_BYTES);
        reader.end();
        return new GrantHalf(approvalKey, conversion, maskedSecret);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(approvalKey.encode())
                .fixed(conversion.encode())
                .fixed(maskedSecret)
                .toByteArray();
    }

    /**
     * The cloud's step for one record: e(C_g, g2^(z_g/o_g)).
     *
     * @param header the record's header, whose owner's signature was verified
     * @return what only the holder of the partial key completes
     * @throws GeneralSecurityException if the record belongs to another collection or epoch
     */
    public ConvertedGrant convert(Approvable header) throws GeneralSecurityException {
        if (!approvalKey.equals(header.approvalKey())) {
            throw new MalformedException("this approval is for another collection");
        }
        return new ConvertedGrant(PairingProduct.pair(header.approvalLock(), conversion), maskedSecret);
    }
}

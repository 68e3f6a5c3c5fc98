package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * What one dealer hands to one authority, over a confidential channel; to be wiped once the authority's share is put together.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, dealer (1), authority (1), value of the α polynomial (32), of the a polynomial (32).
 */
public final class DealtShare implements SecretMaterial {
    /** An encoded share. */
    public static final int ENCODED_BYTES = 3 + 2 * Scalar.BYTES;

    private static final byte VERSION = 1;

    private final int dealer;
    private final int authority;
    private final Scalar alpha;
    private final Scalar blindingExponent;

    DealtShare(int dealer, int authority, Scalar alpha, Scalar blindingExponent) {
        this.dealer = dealer;
        this.authority = authority;
        this.alpha = alpha;
        this.blindingExponent = blindingExponent;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the share, not yet checked against its {@link Dealing}
     * @throws GeneralSecurityException if version, length or a number is wrong
     */
    public static DealtShare decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            int dealer = reader.u8();
            int authority = reader.u8();
            Scalar alpha = Scalar.decode(reader.fixed(Scalar.BYTES));
            Scalar blindingExponent = Scalar.decode(reader.fixed(Scalar.BYTES));
            reader.end();
            if (dealer < 1 || authority < 1 || Math.max(dealer, authority) > Quorum.MAX_AUTHORITIES) {
                throw new MalformedException("there is no such dealer or authority");
            }
            return new DealtShare(dealer, authority, alpha, blindingExponent);
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
                .u8(dealer)
                .u8(authority)
                .fixed(alpha.encode())
                .fixed(blindingExponent.encode())
                .toByteArray());
    }

    /**
     * Who dealt it.
     *
     * @return the number
     */
    public int dealer() {
        return dealer;
    }

    /**
     * For whom it is.
     *
     * @return the number
     */
    public int authority() {
        return authority;
    }

    Scalar alpha() {
        return alpha;
    }

    Scalar blindingExponent() {
        return blindingExponent;
    }

    @Override
    public String toString() {
        return "DealtShare[secret]";
    }
}

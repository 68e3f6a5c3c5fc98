package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One key authority's share of the master secret. It issues parts of transform keys; a quorum's parts together make a key.
 *
 * <p><b>Security.</b> Fewer shares than the threshold open nothing and make no key. The master secret never comes together when keys are issued.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, authority (1), α_i (32), a_i (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Quorums.
 */
public final class AuthorityShare implements SecretMaterial {
    /** An encoded share. */
    public static final int ENCODED_BYTES = 2 + 2 * Scalar.BYTES;

    private static final byte VERSION = 1;

    private final int authority;
    private final Scalar alpha;
    private final Scalar blindingExponent;
    private final QuorumParameters parameters;

    AuthorityShare(int authority, Scalar alpha, Scalar blindingExponent, QuorumParameters parameters) {
        this.authority = authority;
        this.alpha = alpha;
        this.blindingExponent = blindingExponent;
        this.parameters = parameters;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @param parameters of the quorum it belongs to
     * @return the share
     * @throws GeneralSecurityException if version, length or a number is wrong, or the share is not of this quorum, for example from before a renewal
     */
    public static AuthorityShare decode(SecretBytes encoded, QuorumParameters parameters)
            throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(VERSION);
            int authority = reader.u8();
            Scalar alpha = Scalar.decode(reader.fixed(Scalar.BYTES));
            Scalar blindingExponent = Scalar.decode(reader.fixed(Scalar.BYTES));
            reader.end();
            if (!parameters.quorum().has(authority)
                    || !parameters.commitments().open(authority, alpha, blindingExponent)) {
                throw new MalformedException("this share is of another quorum");
            }
            return new AuthorityShare(authority, alpha, blindingExponent, parameters);
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
                .u8(authority)
                .fixed(alpha.encode())
                .fixed(blindingExponent.encode())
                .toByteArray());
    }

    /**
     * This authority's number.
     *
     * @return from 1
     */
    public int authority() {
        return authority;
    }

    /**
     * This authority's part of a transform key, with a proof that it is one.
     *
     * @param person from a verified {@link KeyRequest}, kept since
     * @param held the attributes vouched for, at most {@value TransformKey#MAX_ATTRIBUTES}; every authority decides by itself
     * @return the part, for whoever combines
     */
    public PartialTransformKey issue(RetrievalImage person, Set<Attribute> held) {
        return PartialTransformKey.issue(this, parameters, person, held);
    }

    boolean isOf(QuorumParameters quorum) {
        return parameters.equals(quorum);
    }

    Scalar alpha() {
        return alpha;
    }

    Scalar blindingExponent() {
        return blindingExponent;
    }

    @Override
    public String toString() {
        return "AuthorityShare[secret]";
    }
}

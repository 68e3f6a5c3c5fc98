package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.policy.Attribute;

/**
 * What everybody knows of a quorum of key authorities: the public parameters under which records are sealed, and by what each authority's contributions are checked.
 *
 * <p><b>Shape.</b> version 1, threshold t (1), authorities n (1), then t times Z^coefficient of α (576), g1^coefficient of a (48); the first pair is Y, A.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Quorums.
 */
public final class QuorumParameters {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 1 + Commitments.MAX_BYTES;

    private final Commitments commitments;
    private final PublicParameters publicParameters;

    QuorumParameters(Commitments commitments) {
        this.commitments = commitments;
        this.publicParameters = new PublicParameters(commitments.blindingAtZero(), commitments.alphaAtZero());
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the parameters
     * @throws GeneralSecurityException if version, length, a number or an element is wrong
     */
    public static QuorumParameters decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        Commitments commitments = Commitments.read(reader);
        reader.end();
        return new QuorumParameters(commitments);
    }

    /**
     * Encodes.
     *
     * @return 3 bytes and 624 for each of the threshold
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION);
        commitments.write(writer);
        return writer.toByteArray();
    }

    /**
     * Names these parameters among others, for example when participants of a ceremony compare what they saw.
     *
     * @return SHA-256 of the encoding
     */
    public byte[] digest() {
        return Digests.sha256(encode());
    }

    /**
     * How many of how many.
     *
     * @return the quorum
     */
    public Quorum quorum() {
        return commitments.quorum();
    }

    /**
     * What records are sealed under; it does not tell that there is a quorum behind it.
     *
     * @return the parameters
     */
    public PublicParameters publicParameters() {
        return publicParameters;
    }

    /**
     * Puts a transform key together from the parts of enough authorities. Neither the parts nor whoever combines them can be trusted, so the result
     * was tested before it is returned.
     *
     * @param person whose key it is to be
     * @param held the attributes it is to be for
     * @param parts of different authorities; more than the threshold are not needed and not used
     * @return the transform key
     * @throws CheatingAuthorityException if a part is wrong or for other attributes; it names who sent it
     * @throws GeneralSecurityException if the person's image is inconsistent in itself
     * @throws IllegalArgumentException if there are too few parts, or two of one authority
     */
    public TransformKey combine(RetrievalImage person, Set<Attribute> held, Collection<PartialTransformKey> parts)
            throws GeneralSecurityException {
        Map<Integer, PartialTransformKey> byAuthority = new TreeMap<>();
        for (PartialTransformKey part : parts) {
            if (byAuthority.put(part.authority(), part) != null || !quorum().has(part.authority())) {
                throw new IllegalArgumentException("one part of each authority");
            }
        }
        if (byAuthority.size() < quorum().threshold()) {
            throw new IllegalArgumentException("more authorities are needed");
        }
        byAuthority.keySet().retainAll(List.copyOf(byAuthority.keySet()).subList(0, quorum().threshold()));
        for (PartialTransformKey part : byAuthority.values()) {
            if (!part.attributes().equals(held)) {
                throw new CheatingAuthorityException(part.authority());
            }
        }
        TransformKey combined = byAuthority.values().stream()
                .map(part -> part.part().power(SecretPolynomial.lagrange(byAuthority.keySet(), part.authority())))
                .reduce(TransformKey::multiply)
                .orElseThrow();
        if (combined.isIssuedTo(publicParameters, person)) {
            return combined;
        }
        for (PartialTransformKey part : byAuthority.values()) {
            if (!part.isRight(this, person)) {
                throw new CheatingAuthorityException(part.authority());
            }
        }
        throw new MalformedException("the image of the retrieval key contradicts itself");
    }

    /**
     * Puts the master secret itself together, which ends what the quorum was for. It is the way back, should a hospital give the quorum up.
     *
     * @param shares of at least as many authorities as the threshold
     * @return the master secret
     * @throws IllegalArgumentException if there are too few shares, two of one authority, or of another quorum
     */
    public MasterSecretKey restore(Collection<AuthorityShare> shares) {
        List<Integer> holders = new ArrayList<>();
        for (AuthorityShare share : shares) {
            if (holders.contains(share.authority()) || !share.isOf(this)) {
                throw new IllegalArgumentException("one share of each authority of this quorum");
            }
            holders.add(share.authority());
        }
        if (holders.size() < quorum().threshold()) {
            throw new IllegalArgumentException("more authorities are needed");
        }
        Scalar alpha = shares.stream()
                .map(share -> share.alpha().multiply(SecretPolynomial.lagrange(holders, share.authority())))
                .reduce(Scalar::add)
                .orElseThrow();
        Scalar blinding = shares.stream()
                .map(share -> share.blindingExponent().multiply(SecretPolynomial.lagrange(holders, share.authority())))
                .reduce(Scalar::add)
                .orElseThrow();
        return new MasterSecretKey(alpha, blinding);
    }

    Commitments commitments() {
        return commitments;
    }

    /** Y_i = Z^α_i. */
    Gt securedBy(int authority) {
        return commitments.alphaAt(authority);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuorumParameters that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return publicParameters.hashCode();
    }
}

package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;

/**
 * One authority's part of a transform key, with a proof that it was made with that authority's share.
 *
 * <p><b>Security.</b> Fewer parts than the threshold open nothing. The proof shows that one pair of exponents, the share and a blinding t, made the
 * part; it tells nothing else about them, and anybody can verify it.
 *
 * <p><b>Shape.</b> version 1, authority (1), challenge (32), two responses (64), then the part with its length in two bytes, a transform key's encoding.
 *
 * <p><b>Source.</b> T. Okamoto, CRYPTO 1992 (knowledge of a representation). docs/SCHEME.md, section 3, Quorums.
 */
public final class PartialTransformKey {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 4 + 3 * Scalar.BYTES + TransformKey.MAX_BYTES;
    private static final String DOMAIN = "sosia/v1/partial-transform-key";

    private final int authority;
    private final TransformKey part;
    private final Proof proof;

    private record Proof(Scalar challenge, Scalar forAlpha, Scalar forBlinding) {}

    private PartialTransformKey(int authority, TransformKey part, Proof proof) {
        this.authority = authority;
        this.part = part;
        this.proof = proof;
    }

    /**
     * K_i = P^α_i · A^t with R = Z^ρ, R' = P^ρ · A^τ, R'' = g2^τ, c = H2S(quorum, i, person, part, R, R', R''), answers ρ + c·α_i and τ + c·t.
     */
    static PartialTransformKey issue(
            AuthorityShare share, QuorumParameters parameters, RetrievalImage person, Set<Attribute> held) {
        PublicParameters common = parameters.publicParameters();
        Scalar t = Scalar.random();
        TransformKey part = TransformKey.issue(person.point().power(share.alpha()), common, held, t);
        Scalar rho = Scalar.random();
        Scalar tau = Scalar.random();
        Scalar challenge = challenge(
                parameters,
                share.authority(),
                person,
                part,
                Generators.zPower(rho),
                person.point().power(rho).multiply(common.blinding().power(tau)),
                G2.GENERATOR.power(tau));
        Proof proof = new Proof(challenge, rho.add(challenge.multiply(share.alpha())), tau.add(challenge.multiply(t)));
        return new PartialTransformKey(share.authority(), part, proof);
    }

    /**
     * Whether this is a part of a key for this person, made with the share of the authority it names. Anybody can ask.
     *
     * @param parameters of the quorum
     * @param person whose key it should be
     * @return false if some of it is wrong
     */
    public boolean isRight(QuorumParameters parameters, RetrievalImage person) {
        if (!parameters.quorum().has(authority)) {
            return false;
        }
        PublicParameters common = parameters.publicParameters();
        Scalar negated = proof.challenge.negate();
        Gt onShare = Generators.zPower(proof.forAlpha)
                .multiply(parameters.securedBy(authority).power(negated));
        G1 onKey = person.point()
                .power(proof.forAlpha)
                .multiply(common.blinding().power(proof.forBlinding))
                .multiply(part.k().power(negated));
        G2 onBlinding = G2.GENERATOR.power(proof.forBlinding).multiply(part.l().power(negated));
        return challenge(parameters, authority, person, part, onShare, onKey, onBlinding)
                        .equals(proof.challenge)
                && part.hasRightAttributes();
    }

    private static Scalar challenge(
            QuorumParameters parameters,
            int authority,
            RetrievalImage person,
            TransformKey part,
            Gt onShare,
            G1 onKey,
            G2 onBlinding) {
        return Scalar.hash(
                DOMAIN,
                parameters.digest(),
                new byte[] {(byte) authority},
                person.encode(),
                part.encode(),
                onShare.encode(),
                onKey.encode(),
                onBlinding.encode());
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the part, not yet verified
     * @throws GeneralSecurityException if version, length, a number or an element is wrong
     */
    public static PartialTransformKey decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        int authority = reader.u8();
        if (authority < 1 || authority > Quorum.MAX_AUTHORITIES) {
            throw new MalformedException("there is no such authority");
        }
        Proof proof = new Proof(
                Scalar.decode(reader.fixed(Scalar.BYTES)),
                Scalar.decode(reader.fixed(Scalar.BYTES)),
                Scalar.decode(reader.fixed(Scalar.BYTES)));
        TransformKey part = TransformKey.decode(reader.sized(TransformKey.MAX_BYTES));
        reader.end();
        return new PartialTransformKey(authority, part, proof);
    }

    /**
     * Encodes.
     *
     * @return 100 bytes and the encoded part
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(authority)
                .fixed(proof.challenge.encode())
                .fixed(proof.forAlpha.encode())
                .fixed(proof.forBlinding.encode())
                .sized(part.encode())
                .toByteArray();
    }

    /**
     * Who made it.
     *
     * @return the authority's number
     */
    public int authority() {
        return authority;
    }

    /**
     * What it vouches for.
     *
     * @return the attributes
     */
    public Set<Attribute> attributes() {
        return part.attributes();
    }

    TransformKey part() {
        return part;
    }

    @Override
    public String toString() {
        return "PartialTransformKey[of " + authority + "]";
    }
}

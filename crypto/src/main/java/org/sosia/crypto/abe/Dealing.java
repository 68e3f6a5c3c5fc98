package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;

/**
 * What a dealer tells everybody: commitments against which each authority checks the share it received, with a proof that the dealer knows the dealt secrets.
 *
 * <p><b>Security.</b> Tells nothing about the shares beyond Z and g1 raised to the dealt secrets, which for a whole ceremony are the public parameters. Without the proof, whoever
 * deals last could commit to a quotient of a secret of its own and the others' commitments: where so few are honest that their shares do not determine a polynomial,
 * nobody would notice, and the master secret would be the one it chose.
 *
 * <p><b>Shape.</b> version 2, dealer (1), threshold t (1), authorities n (1), then t times Z^coefficient of α (576), g1^coefficient of a (48); challenge (32), two responses (64).
 *
 * <p><b>Source.</b> the proof: C. P. Schnorr, CRYPTO 1989, for two secrets under one challenge. docs/SCHEME.md, section 3, Quorums.
 */
public final class Dealing {
    private static final byte VERSION = 2;
    private static final int MAX_BYTES = 2 + Commitments.MAX_BYTES + 3 * Scalar.BYTES;
    private static final String DOMAIN = "sosia/v1/dealing";

    private final int dealer;
    private final Commitments commitments;
    private final Proof proof;

    private record Proof(Scalar challenge, Scalar forAlpha, Scalar forBlinding) {}

    private Dealing(int dealer, Commitments commitments, Proof proof) {
        this.dealer = dealer;
        this.commitments = commitments;
        this.proof = proof;
    }

    /** SCHEME 3, Deal: R = Z^ρ, R' = g1^σ, c = H2S(dealer, commitments, R, R'), answers ρ + c·u and σ + c·v. */
    static Dealing of(int dealer, Commitments commitments, Scalar alpha, Scalar blinding) {
        Scalar rho = Scalar.random();
        Scalar sigma = Scalar.random();
        Scalar challenge = challenge(dealer, commitments, Generators.zPower(rho), G1.GENERATOR.power(sigma));
        Proof proof = new Proof(challenge, rho.add(challenge.multiply(alpha)), sigma.add(challenge.multiply(blinding)));
        return new Dealing(dealer, commitments, proof);
    }

    private boolean isProven() {
        Scalar negated = proof.challenge.negate();
        Gt onAlpha = Generators.zPower(proof.forAlpha)
                .multiply(commitments.alphaAtZero().power(negated));
        G1 onBlinding = G1.GENERATOR
                .power(proof.forBlinding)
                .multiply(commitments.blindingAtZero().power(negated));
        return challenge(dealer, commitments, onAlpha, onBlinding).equals(proof.challenge);
    }

    private static Scalar challenge(int dealer, Commitments commitments, Gt onAlpha, G1 onBlinding) {
        ByteWriter committed = new ByteWriter();
        commitments.write(committed);
        return Scalar.hash(
                DOMAIN, new byte[] {(byte) dealer}, committed.toByteArray(), onAlpha.encode(), onBlinding.encode());
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the dealing
     * @throws GeneralSecurityException if version, length, a number or an element is wrong, or the dealer did not know what it deals
     */
    public static Dealing decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        int dealer = reader.u8();
        if (dealer < 1 || dealer > Quorum.MAX_AUTHORITIES) {
            throw new MalformedException("there is no such dealer");
        }
        Commitments commitments = Commitments.read(reader);
        Proof proof = new Proof(
                Scalar.decode(reader.fixed(Scalar.BYTES)),
                Scalar.decode(reader.fixed(Scalar.BYTES)),
                Scalar.decode(reader.fixed(Scalar.BYTES)));
        reader.end();
        Dealing dealing = new Dealing(dealer, commitments, proof);
        if (!dealing.isProven()) {
            throw new MalformedException("this dealer does not know what it deals");
        }
        return dealing;
    }

    /**
     * Encodes.
     *
     * @return 100 bytes and 624 for each of the threshold
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION).u8(dealer);
        commitments.write(writer);
        return writer.fixed(proof.challenge.encode())
                .fixed(proof.forAlpha.encode())
                .fixed(proof.forBlinding.encode())
                .toByteArray();
    }

    /**
     * Who deals.
     *
     * @return the number
     */
    public int dealer() {
        return dealer;
    }

    /**
     * For whom.
     *
     * @return the quorum to come
     */
    public Quorum quorum() {
        return commitments.quorum();
    }

    /**
     * Whether a share is what this dealer committed to. Anybody to whom an authority shows its share can decide their dispute with it.
     *
     * @param share what an authority received
     * @return false if it is wrong, or of another dealer
     */
    public boolean confirms(DealtShare share) {
        return share.dealer() == dealer
                && quorum().has(share.authority())
                && commitments.open(share.authority(), share.alpha(), share.blindingExponent());
    }

    Commitments commitments() {
        return commitments;
    }

    @Override
    public String toString() {
        return "Dealing[of " + dealer + "]";
    }
}

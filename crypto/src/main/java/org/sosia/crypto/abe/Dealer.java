package org.sosia.crypto.abe;

import java.util.Collection;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One dealer in a key ceremony. Born with its secrets, publishes one {@link Dealing}, hands each authority one {@link DealtShare}, and is then
 * forgotten: what it knows beyond its own share must not outlive the ceremony.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Quorums.
 */
public final class Dealer implements SecretMaterial {
    private final int number;
    private final SecretPolynomial alpha;
    private final SecretPolynomial blinding;
    private final Dealing dealing;

    private Dealer(int number, Quorum quorum, Scalar alpha, Scalar blinding) {
        this.number = number;
        this.alpha = SecretPolynomial.through(alpha, quorum.threshold());
        this.blinding = SecretPolynomial.through(blinding, quorum.threshold());
        this.dealing = Dealing.of(number, Commitments.to(quorum, this.alpha, this.blinding), alpha, blinding);
    }

    /**
     * A dealer among several who found an authority together; none of them ever knows the master secret.
     *
     * @param number this dealer's, from 1, as everywhere in the ceremony
     * @param quorum the quorum to come
     * @return the dealer
     */
    public static Dealer founding(int number, Quorum quorum) {
        requireNumber(number);
        return new Dealer(number, quorum, Scalar.random(), Scalar.random());
    }

    /**
     * The one dealer who turns an existing master secret into shares. Public parameters, keys and everything locked stay as they are; the
     * master secret is to be destroyed afterwards.
     *
     * @param master the secret
     * @param quorum the quorum to come
     * @return dealer number 1
     */
    public static Dealer converting(MasterSecretKey master, Quorum quorum) {
        return new Dealer(1, quorum, master.alpha(), master.blindingExponent());
    }

    /**
     * A member of the present quorum who deals its share to the next one, after a loss or a change of people. Public parameters stay, and
     * old shares no longer fit the new ones.
     *
     * @param share the member's share
     * @param dealers the numbers of all members who deal, this one included, at least as many as the present threshold; all name the same
     * @param next the quorum to come
     * @return the dealer, with the member's number
     */
    public static Dealer renewing(AuthorityShare share, Collection<Integer> dealers, Quorum next) {
        if (!dealers.contains(share.authority())) {
            throw new IllegalArgumentException("whoever deals is among the dealers");
        }
        Scalar weight = SecretPolynomial.lagrange(dealers, share.authority());
        return new Dealer(
                share.authority(),
                next,
                share.alpha().multiply(weight),
                share.blindingExponent().multiply(weight));
    }

    private static void requireNumber(int number) {
        if (number < 1 || number > Quorum.MAX_AUTHORITIES) {
            throw new IllegalArgumentException("dealers are numbered from 1 to 64");
        }
    }

    /**
     * What this dealer publishes to all, before any share is handed over.
     *
     * @return the commitments
     */
    public Dealing dealing() {
        return dealing;
    }

    /**
     * What one authority, and nobody else, is to receive.
     *
     * @param authority its number
     * @return its share of this dealer's secrets
     */
    public DealtShare shareFor(int authority) {
        if (!dealing.quorum().has(authority)) {
            throw new IllegalArgumentException("the quorum has no such authority");
        }
        return new DealtShare(number, authority, alpha.at(authority), blinding.at(authority));
    }

    @Override
    public String toString() {
        return "Dealer[secret]";
    }
}

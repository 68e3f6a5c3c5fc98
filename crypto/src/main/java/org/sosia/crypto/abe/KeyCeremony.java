package org.sosia.crypto.abe;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;

/**
 * How a quorum of key authorities comes to its shares. All see the same dealings; each authority then puts its share together from what the dealers handed it.
 *
 * <p>Three occasions: authorities are founded ({@link #founding}), an existing master secret is given into the hands of several
 * ({@link #converting}), or a quorum passes its shares on to the next one, after a loss or in regular renewal ({@link #renewing}). Only the first makes new
 * public parameters.
 *
 * <p><b>Security.</b> Fewer than the threshold know nothing about the master secret, during the ceremony and after it. Who deals last in a founding can choose the public
 * parameters among some, which does not help to break them. All participants must see the same dealings: compare {@link QuorumParameters#digest()} by another way.
 *
 * <p><b>Source.</b> P. Feldman, FOCS 1987 (verifiable shares); T. Pedersen, EUROCRYPT 1991 (joint dealing); Y. Desmedt and S. Jajodia, 1997 (passing shares on).
 * docs/SCHEME.md, section 3, Quorums.
 */
public final class KeyCeremony {
    private final Map<Integer, Dealing> dealings;
    private final QuorumParameters parameters;

    private KeyCeremony(Map<Integer, Dealing> dealings) {
        this.dealings = dealings;
        this.parameters = new QuorumParameters(dealings.values().stream()
                .map(Dealing::commitments)
                .reduce(Commitments::multiply)
                .orElseThrow(() -> new IllegalArgumentException("a ceremony has a dealer")));
    }

    /**
     * Founds authorities; the master secret is the sum of what the dealers drew, and nobody knows it.
     *
     * @param dealings of all dealers; at least as many honest ones as may not collude
     * @return the ceremony
     * @throws IllegalArgumentException if two dealings have one number or are for different quorums
     */
    public static KeyCeremony founding(List<Dealing> dealings) {
        return new KeyCeremony(byDealer(dealings));
    }

    /**
     * Gives an existing master secret into the hands of several.
     *
     * @param parameters of the authority so far
     * @param dealing of the one dealer
     * @return the ceremony
     * @throws CheatingDealerException if it deals another secret
     */
    public static KeyCeremony converting(PublicParameters parameters, Dealing dealing) throws CheatingDealerException {
        KeyCeremony ceremony = new KeyCeremony(byDealer(List.of(dealing)));
        if (!ceremony.parameters.publicParameters().equals(parameters)) {
            throw new CheatingDealerException(dealing.dealer());
        }
        return ceremony;
    }

    /**
     * Passes the shares of a quorum on to the next one.
     *
     * @param present what is public about the quorum so far
     * @param dealings of at least as many of its members as its threshold
     * @return the ceremony
     * @throws CheatingDealerException if one deals something else than its share
     * @throws IllegalArgumentException if there are too few dealers, or ones that are no members
     */
    public static KeyCeremony renewing(QuorumParameters present, List<Dealing> dealings)
            throws CheatingDealerException {
        Map<Integer, Dealing> byDealer = byDealer(dealings);
        Set<Integer> dealers = byDealer.keySet();
        if (dealers.size() < present.quorum().threshold() || !dealers.stream().allMatch(present.quorum()::has)) {
            throw new IllegalArgumentException("a quorum is renewed by enough of its members");
        }
        for (Dealing dealing : dealings) {
            Scalar weight = SecretPolynomial.lagrange(dealers, dealing.dealer());
            Commitments dealt = dealing.commitments();
            Commitments held = present.commitments();
            if (!dealt.alphaAtZero().equals(held.alphaAt(dealing.dealer()).power(weight))
                    || !dealt.blindingAtZero()
                            .equals(held.blindingAt(dealing.dealer()).power(weight))) {
                throw new CheatingDealerException(dealing.dealer());
            }
        }
        return new KeyCeremony(byDealer);
    }

    private static Map<Integer, Dealing> byDealer(List<Dealing> dealings) {
        Map<Integer, Dealing> byDealer =
                dealings.stream().collect(Collectors.toMap(Dealing::dealer, Function.identity(), (one, two) -> one));
        if (byDealer.size() != dealings.size()) {
            throw new IllegalArgumentException("every dealer deals once");
        }
        return byDealer;
    }

    /**
     * What is public about the quorum that comes out of this ceremony.
     *
     * @return the parameters
     */
    public QuorumParameters parameters() {
        return parameters;
    }

    /**
     * Puts one authority's share together.
     *
     * @param authority its number
     * @param received one share from each dealer
     * @return its share
     * @throws CheatingDealerException if a share is not what its dealer committed to; shown to the others, that share proves it
     * @throws IllegalArgumentException if a share is missing, or for somebody else
     */
    public AuthorityShare receive(int authority, Collection<DealtShare> received) throws CheatingDealerException {
        Set<Integer> missing = new HashSet<>(dealings.keySet());
        for (DealtShare share : received) {
            Dealing dealing = dealings.get(share.dealer());
            if (share.authority() != authority || dealing == null || !missing.remove(share.dealer())) {
                throw new IllegalArgumentException("one share of each dealer, for this authority");
            }
            if (!dealing.confirms(share)) {
                throw new CheatingDealerException(share.dealer());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("one share of each dealer, for this authority");
        }
        Scalar alpha =
                received.stream().map(DealtShare::alpha).reduce(Scalar::add).orElseThrow();
        Scalar blinding = received.stream()
                .map(DealtShare::blindingExponent)
                .reduce(Scalar::add)
                .orElseThrow();
        return new AuthorityShare(authority, alpha, blinding, parameters);
    }
}

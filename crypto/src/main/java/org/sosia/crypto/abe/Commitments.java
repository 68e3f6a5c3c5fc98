package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;

/**
 * What binds a dealer to two polynomials, those of α and of a, without telling them: Z to each coefficient of the first, g1 to each of the second.
 *
 * <p>Not g1 to a coefficient of α: g1^α would open everything (e(g1^α, C') = Y^s).
 *
 * <p>Source: P. Feldman, FOCS 1987. docs/SCHEME.md, section 3, Quorums.
 */
final class Commitments {
    private static final int COEFFICIENT_BYTES = Gt.BYTES + G1.BYTES;

    /** Limit of an encoding. */
    static final int MAX_BYTES = 2 + Quorum.MAX_AUTHORITIES * COEFFICIENT_BYTES;

    private final Quorum quorum;
    private final List<Gt> ofAlpha;
    private final List<G1> ofBlinding;

    private Commitments(Quorum quorum, List<Gt> ofAlpha, List<G1> ofBlinding) {
        this.quorum = quorum;
        this.ofAlpha = List.copyOf(ofAlpha);
        this.ofBlinding = List.copyOf(ofBlinding);
    }

    static Commitments to(Quorum quorum, SecretPolynomial alpha, SecretPolynomial blinding) {
        return new Commitments(
                quorum,
                alpha.coefficients().stream().map(Generators::zPower).toList(),
                blinding.coefficients().stream().map(G1.GENERATOR::power).toList());
    }

    static Commitments read(ByteReader reader) throws GeneralSecurityException {
        Quorum quorum = quorum(reader.u8(), reader.u8());
        List<Gt> ofAlpha = new ArrayList<>();
        List<G1> ofBlinding = new ArrayList<>();
        for (int i = 0; i < quorum.threshold(); i++) {
            ofAlpha.add(Gt.decode(reader.fixed(Gt.BYTES)));
            ofBlinding.add(G1.decode(reader.fixed(G1.BYTES)));
        }
        return new Commitments(quorum, ofAlpha, ofBlinding);
    }

    private static Quorum quorum(int threshold, int authorities) throws MalformedException {
        try {
            return new Quorum(threshold, authorities);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("this is no quorum");
        }
    }

    void write(ByteWriter writer) {
        writer.u8(quorum.threshold()).u8(quorum.authorities());
        for (int i = 0; i < ofAlpha.size(); i++) {
            writer.fixed(ofAlpha.get(i).encode()).fixed(ofBlinding.get(i).encode());
        }
    }

    /** Commitments to the sums of the polynomials. */
    Commitments multiply(Commitments factor) {
        if (!quorum.equals(factor.quorum)) {
            throw new IllegalArgumentException("the dealings are for different quorums");
        }
        List<Gt> products = new ArrayList<>();
        List<G1> blinding = new ArrayList<>();
        for (int i = 0; i < ofAlpha.size(); i++) {
            products.add(ofAlpha.get(i).multiply(factor.ofAlpha.get(i)));
            blinding.add(ofBlinding.get(i).multiply(factor.ofBlinding.get(i)));
        }
        return new Commitments(quorum, products, blinding);
    }

    Quorum quorum() {
        return quorum;
    }

    /** Z^f(0). */
    Gt alphaAtZero() {
        return ofAlpha.get(0);
    }

    /** g1^h(0). */
    G1 blindingAtZero() {
        return ofBlinding.get(0);
    }

    /** Z^f(x), by Horner's rule in the exponent. */
    Gt alphaAt(int x) {
        Scalar factor = Scalar.of(x);
        Gt value = ofAlpha.get(ofAlpha.size() - 1);
        for (int power = ofAlpha.size() - 2; power >= 0; power--) {
            value = value.power(factor).multiply(ofAlpha.get(power));
        }
        return value;
    }

    /** g1^h(x). */
    G1 blindingAt(int x) {
        Scalar factor = Scalar.of(x);
        G1 value = ofBlinding.get(ofBlinding.size() - 1);
        for (int power = ofBlinding.size() - 2; power >= 0; power--) {
            value = value.power(factor).multiply(ofBlinding.get(power));
        }
        return value;
    }

    /** Whether these are the values at x. */
    boolean open(int x, Scalar alpha, Scalar blinding) {
        return Generators.zPower(alpha).equals(alphaAt(x))
                && G1.GENERATOR.power(blinding).equals(blindingAt(x));
    }
}

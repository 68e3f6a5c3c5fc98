package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.abe.Ceremonies.Outcome;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;

/**
 * Authorities of a quorum turn against the others.
 *
 * <p>Two of three that would be needed pool their shares and try everything that Lagrange's formula offers: as a master secret, as a transform key, with the public
 * values of the third in place of its share. One deals wrongly in a ceremony, or contributes a wrong part of a key: it must be named, and no honest one with it.
 */
class RogueAuthorityAttackTest {
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Set<Attribute> HELD = Set.of(DOCTOR);
    private static final Quorum THREE_OF_FIVE = new Quorum(3, 5);

    private final Outcome quorum = Ceremonies.founding(THREE_OF_FIVE);
    private final PublicParameters parameters = quorum.parameters().publicParameters();

    private final RetrievalKey retrievalKey = RetrievalKey.generate();
    private final RetrievalImage person = retrievalKey.image(parameters);
    private final Scalar s = Scalar.random();
    private final Gt secret = parameters.encapsulated(s);

    @Test
    void noSingleAuthorityCanDecrypt() throws Exception {
        PolicyLock lock = lock();
        for (AuthorityShare share : quorum.shares()) {
            MasterSecretKey pretended = new MasterSecretKey(share.alpha(), share.blindingExponent());
            UserKeys keys = pretended.keyGen(HELD);
            assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                    .isNotEqualTo(secret);
            TransformKey part = share.issue(person, HELD).part();
            assertThat(retrievalKey.retrieve(lock.transform(part))).isNotEqualTo(secret);
            // What Z^s would give, were it known: even then one share is not enough.
            assertThat(Generators.zPower(s).power(share.alpha())).isNotEqualTo(secret);
        }
    }

    /** Every pair, with the Lagrange weights of every quorum that contains it, plain sums and differences. */
    @Test
    void twoOfThreeCannotDecrypt() throws Exception {
        PolicyLock lock = lock();
        for (int one = 1; one <= 5; one++) {
            for (int two = one + 1; two <= 5; two++) {
                TransformKey first = quorum.of(one).issue(person, HELD).part();
                TransformKey second = quorum.of(two).issue(person, HELD).part();
                for (List<Integer> set : setsWith(one, two)) {
                    TransformKey guess = first.power(SecretPolynomial.lagrange(set, one))
                            .multiply(second.power(SecretPolynomial.lagrange(set, two)));
                    assertThat(retrievalKey.retrieve(lock.transform(guess))).isNotEqualTo(secret);
                    assertThat(guess.isIssuedTo(parameters, person)).isFalse();
                }
                assertThat(retrievalKey.retrieve(lock.transform(first.multiply(second))))
                        .isNotEqualTo(secret);
            }
        }
        // The same loop opens with a third part, so it would notice.
        List<Integer> whole = List.of(1, 2, 3);
        TransformKey key = whole.stream()
                .map(i -> quorum.of(i).issue(person, HELD).part().power(SecretPolynomial.lagrange(whole, i)))
                .reduce(TransformKey::multiply)
                .orElseThrow();
        assertThat(retrievalKey.retrieve(lock.transform(key))).isEqualTo(secret);
    }

    private static List<List<Integer>> setsWith(int one, int two) {
        List<List<Integer>> sets = new ArrayList<>(List.of(List.of(one, two)));
        for (int third = 1; third <= 5; third++) {
            if (third != one && third != two) {
                sets.add(List.of(one, two, third));
            }
        }
        return sets;
    }

    /** The public commitments are elements of the target group on purpose: from them nobody gets to Y^s. */
    @Test
    void theCommitmentsOfTheOthersDoNotHelp() throws Exception {
        PolicyLock lock = lock();
        List<Gt> known = new ArrayList<>();
        for (int authority = 1; authority <= 5; authority++) {
            known.add(quorum.parameters().securedBy(authority));
            known.add(PairingProduct.pair(quorum.parameters().commitments().blindingAt(authority), lock.exponent()));
        }
        known.add(PairingProduct.pair(G1.GENERATOR, lock.exponent()));
        for (Gt one : known) {
            for (Gt two : known) {
                assertThat(one.multiply(two)).isNotEqualTo(secret);
            }
            for (int rogue = 1; rogue <= 2; rogue++) {
                assertThat(one.power(quorum.of(rogue).alpha())).isNotEqualTo(secret);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void aWrongPartIsNamed(int rogue) throws Exception {
        List<PartialTransformKey> parts = new ArrayList<>();
        for (int member : List.of(1, 3, 5)) {
            parts.add(
                    member == rogue
                            ? new AuthorityShare(
                                            member,
                                            Scalar.random(),
                                            quorum.of(member).blindingExponent(),
                                            quorum.parameters())
                                    .issue(person, HELD)
                            : quorum.of(member).issue(person, HELD));
        }
        assertThatExceptionOfType(CheatingAuthorityException.class)
                .isThrownBy(() -> quorum.parameters().combine(person, HELD, parts))
                .satisfies(cheat -> assertThat(cheat.authority()).isEqualTo(rogue));
    }

    /** A part for somebody else, for other attributes, in another's name, or with one element exchanged. */
    @Test
    void anotherPersonsOrAuthoritysPartIsNamed() throws Exception {
        RetrievalImage other = RetrievalKey.generate().image(parameters);
        PartialTransformKey right = quorum.of(2).issue(person, HELD);
        assertThat(right.isRight(quorum.parameters(), person)).isTrue();
        assertThat(right.isRight(quorum.parameters(), other)).isFalse();
        assertThat(right.isRight(Ceremonies.founding(THREE_OF_FIVE).parameters(), person))
                .isFalse();

        byte[] renamed = right.encode();
        renamed[1] = 4;
        assertThat(PartialTransformKey.decode(renamed).isRight(quorum.parameters(), person))
                .isFalse();
        renamed[1] = 9;
        assertThat(PartialTransformKey.decode(renamed).isRight(quorum.parameters(), person))
                .isFalse();

        assertThatExceptionOfType(CheatingAuthorityException.class)
                .isThrownBy(() -> quorum.parameters()
                        .combine(
                                person,
                                HELD,
                                List.of(
                                        quorum.of(1).issue(person, HELD),
                                        quorum.of(2).issue(person, Set.of(DOCTOR, Attribute.of("role", "chief"))),
                                        quorum.of(3).issue(person, HELD))))
                .satisfies(cheat -> assertThat(cheat.authority()).isEqualTo(2));
    }

    /** The proof covers K and L; a K_x that is not H(x)^t must be found as well. */
    @Test
    void aSpoiledAttributeIsNamed() throws Exception {
        byte[] spoiled = quorum.of(2).issue(person, HELD).encode();
        byte[] element = G1.GENERATOR.power(Scalar.random()).encode();
        System.arraycopy(element, 0, spoiled, spoiled.length - element.length, element.length);
        PartialTransformKey part = PartialTransformKey.decode(spoiled);

        assertThat(part.isRight(quorum.parameters(), person)).isFalse();
        assertThat(part.part().hasRightAttributes()).isFalse();
        assertThatExceptionOfType(CheatingAuthorityException.class)
                .isThrownBy(() -> quorum.parameters()
                        .combine(
                                person,
                                HELD,
                                List.of(
                                        quorum.of(1).issue(person, HELD),
                                        part,
                                        quorum.of(3).issue(person, HELD))))
                .satisfies(cheat -> assertThat(cheat.authority()).isEqualTo(2));
    }

    /**
     * Two of two found an authority. The second waits for the first one's commitments and divides a secret of its own by them; through the quotient and the one share that the
     * first checks there is a line, so every check of shares holds, and the public parameters are those of a master secret that the second alone knows.
     */
    @Test
    void whoeverDealsLastCannotChooseTheMasterSecret() throws Exception {
        Quorum both = new Quorum(2, 2);
        Dealer honest = Dealer.founding(1, both);
        Scalar alpha = Scalar.random();
        Scalar blinding = Scalar.random();
        DealtShare handed = new DealtShare(2, 1, Scalar.random(), Scalar.random());
        Scalar minusOne = Scalar.of(1).negate();
        Gt quotient = Generators.zPower(alpha)
                .multiply(honest.dealing().commitments().alphaAtZero().power(minusOne));
        G1 blindingQuotient = G1.GENERATOR
                .power(blinding)
                .multiply(honest.dealing().commitments().blindingAtZero().inverse());
        byte[] chosen = new ByteWriter()
                .u8(2)
                .u8(2)
                .fixed(quotient.encode())
                .fixed(blindingQuotient.encode())
                .fixed(Generators.zPower(handed.alpha())
                        .multiply(quotient.power(minusOne))
                        .encode())
                .fixed(G1.GENERATOR
                        .power(handed.blindingExponent())
                        .multiply(blindingQuotient.inverse())
                        .encode())
                .toByteArray();

        Commitments rogue = Commitments.read(new ByteReader(chosen));
        assertThat(rogue.open(1, handed.alpha(), handed.blindingExponent())).isTrue();
        Commitments sum = honest.dealing().commitments().multiply(rogue);
        assertThat(new MasterSecretKey(alpha, blinding).publicParameters())
                .isEqualTo(new QuorumParameters(sum).publicParameters());
        byte[] borrowed = honest.dealing().encode();
        for (byte[] proof : List.of(
                Arrays.copyOfRange(borrowed, borrowed.length - 96, borrowed.length),
                Dealing.of(2, rogue, alpha, blinding).encode())) {
            byte[] dealing = new ByteWriter()
                    .u8(2)
                    .u8(2)
                    .fixed(chosen)
                    .fixed(Arrays.copyOfRange(proof, proof.length - 96, proof.length))
                    .toByteArray();
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Dealing.decode(dealing));
        }
    }

    @Test
    void aDealerWhoHandsOverAWrongShareIsNamed() {
        List<Dealer> dealers = List.of(
                Dealer.founding(1, THREE_OF_FIVE),
                Dealer.founding(2, THREE_OF_FIVE),
                Dealer.founding(3, THREE_OF_FIVE));
        KeyCeremony ceremony = KeyCeremony.founding(Ceremonies.dealings(dealers));
        DealtShare right = dealers.get(1).shareFor(4);
        List<DealtShare> wrong = List.of(
                new DealtShare(2, 4, Scalar.random(), right.blindingExponent()),
                new DealtShare(2, 4, right.alpha(), Scalar.random()),
                new DealtShare(
                        2,
                        4,
                        dealers.get(1).shareFor(5).alpha(),
                        dealers.get(1).shareFor(5).blindingExponent()));
        for (DealtShare share : wrong) {
            List<DealtShare> received =
                    List.of(dealers.get(0).shareFor(4), share, dealers.get(2).shareFor(4));
            assertThatExceptionOfType(CheatingDealerException.class)
                    .isThrownBy(() -> ceremony.receive(4, received))
                    .satisfies(cheat -> assertThat(cheat.dealer()).isEqualTo(2));
            assertThat(dealers.get(1).dealing().confirms(share)).isFalse();
        }
        assertThat(dealers.get(1).dealing().confirms(right)).isTrue();
        assertThat(dealers.get(0).dealing().confirms(right)).isFalse();
    }

    /** In a renewal, whoever deals something else than their share would change the public parameters, or break everybody's keys. */
    @Test
    void aMemberWhoDealsAnotherSecretInARenewalIsNamed() {
        List<Integer> members = List.of(1, 2, 4);
        List<Dealing> dealings = new ArrayList<>();
        for (int member : members) {
            AuthorityShare share = quorum.of(member);
            AuthorityShare dealt =
                    member == 2 ? new AuthorityShare(2, share.alpha(), Scalar.random(), quorum.parameters()) : share;
            dealings.add(Dealer.renewing(dealt, members, THREE_OF_FIVE).dealing());
        }
        assertThatExceptionOfType(CheatingDealerException.class)
                .isThrownBy(() -> KeyCeremony.renewing(quorum.parameters(), dealings))
                .satisfies(cheat -> assertThat(cheat.dealer()).isEqualTo(2));
    }

    @Test
    void aDealerWhoConvertsAnotherSecretIsNamed() {
        Dealing dealing =
                Dealer.converting(MasterSecretKey.generate(), THREE_OF_FIVE).dealing();
        assertThatExceptionOfType(CheatingDealerException.class)
                .isThrownBy(() -> KeyCeremony.converting(parameters, dealing));
    }

    private PolicyLock lock() throws Exception {
        return PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor"), s);
    }
}

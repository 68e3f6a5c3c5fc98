package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.Ceremonies.Outcome;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;

class QuorumTest {
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");
    private static final Set<Attribute> HELD = Set.of(DOCTOR, CARDIOLOGY);
    private static final Quorum THREE_OF_FIVE = new Quorum(3, 5);

    private static final Outcome FOUNDED = Ceremonies.founding(THREE_OF_FIVE);

    private final RetrievalKey retrievalKey = RetrievalKey.generate();
    private final Scalar s = Scalar.random();

    @Test
    void anyQuorumIssuesAKeyThatOpens() throws Exception {
        for (List<Integer> quorum : List.of(List.of(1, 2, 3), List.of(5, 3, 1), List.of(2, 4, 5))) {
            assertThat(opened(FOUNDED, quorum)).as("%s", quorum).isTrue();
        }
        assertThat(opened(FOUNDED, List.of(1, 2, 3, 4, 5)))
                .as("more than needed")
                .isTrue();
    }

    @Test
    void fewerAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> opened(FOUNDED, List.of(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> opened(FOUNDED, List.of(1, 2, 2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUNDED.parameters().restore(FOUNDED.shares().subList(0, 2)));
    }

    @Test
    void aMasterSecretIsConvertedIntoSharesAndEverythingStays() throws Exception {
        MasterSecretKey master = MasterSecretKey.generate();
        PublicParameters parameters = master.publicParameters();
        UserKeys before = master.keyGen(HELD);
        Outcome converted = Ceremonies.converting(master, new Quorum(2, 3));

        assertThat(converted.parameters().publicParameters()).isEqualTo(parameters);
        assertThat(opened(converted, List.of(3, 1))).isTrue();
        assertThat(before.retrievalKey().retrieve(lock(parameters).transform(before.transformKey())))
                .as("a key of before")
                .isEqualTo(parameters.encapsulated(s));
        assertThat(converted
                        .parameters()
                        .restore(List.of(converted.of(2), converted.of(3)))
                        .encode())
                .isEqualTo(master.encode());
    }

    /** Authority 4 lost its share; the others deal to a larger quorum under the same public parameters. */
    @Test
    void aQuorumIsRenewedAfterALoss() throws Exception {
        TransformKey before = key(FOUNDED, List.of(1, 2, 4));
        Outcome next = Ceremonies.renewing(FOUNDED, List.of(1, 3, 5), new Quorum(4, 6));

        assertThat(next.parameters().publicParameters())
                .isEqualTo(FOUNDED.parameters().publicParameters());
        assertThat(opened(next, List.of(2, 4, 5, 6))).isTrue();
        assertThat(retrievalKey.retrieve(
                        lock(next.parameters().publicParameters()).transform(before)))
                .as("a key of before")
                .isEqualTo(secret(next.parameters().publicParameters()));
        assertThatExceptionOfType(MalformedException.class)
                .as("an old share")
                .isThrownBy(() -> AuthorityShare.decode(FOUNDED.of(1).encode(), next.parameters()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> next.parameters().restore(FOUNDED.shares().subList(0, 4)));
    }

    @Test
    void renewalNeedsAQuorum() {
        List<Integer> two = List.of(1, 2);
        List<Dealing> dealings = Ceremonies.dealings(two.stream()
                .map(member -> Dealer.renewing(FOUNDED.of(member), two, THREE_OF_FIVE))
                .toList());
        assertThatIllegalArgumentException().isThrownBy(() -> KeyCeremony.renewing(FOUNDED.parameters(), dealings));
        assertThatIllegalArgumentException().isThrownBy(() -> Dealer.renewing(FOUNDED.of(3), two, THREE_OF_FIVE));
    }

    @Test
    void everyPieceSurvivesEncoding() throws Exception {
        Dealer dealer = Dealer.founding(2, THREE_OF_FIVE);
        Dealing dealing = Dealing.decode(dealer.dealing().encode());
        DealtShare dealt = DealtShare.decode(dealer.shareFor(5).encode());
        assertThat(dealing.encode()).isEqualTo(dealer.dealing().encode()).hasSize(100 + 3 * 624);
        assertThat(dealing.confirms(dealt)).isTrue();
        assertThat(dealt.dealer()).isEqualTo(2);
        assertThat(dealt.authority()).isEqualTo(5);

        QuorumParameters parameters =
                QuorumParameters.decode(FOUNDED.parameters().encode());
        assertThat(parameters).isEqualTo(FOUNDED.parameters()).hasSameHashCodeAs(FOUNDED.parameters());
        assertThat(parameters.digest()).isEqualTo(FOUNDED.parameters().digest());
        assertThat(parameters.quorum()).isEqualTo(THREE_OF_FIVE);
        AuthorityShare share = AuthorityShare.decode(FOUNDED.of(4).encode(), parameters);
        RetrievalImage person = retrievalKey.image(parameters.publicParameters());
        PartialTransformKey part =
                PartialTransformKey.decode(share.issue(person, HELD).encode());
        assertThat(part.isRight(parameters, person)).isTrue();
        assertThat(part.authority()).isEqualTo(4);
        assertThat(part.attributes()).isEqualTo(HELD);
    }

    @Test
    void malformedPiecesAreRefused() {
        byte[] dealing = Dealer.founding(1, THREE_OF_FIVE).dealing().encode();
        assertMalformed(() -> Dealing.decode(Arrays.copyOf(dealing, dealing.length + 1)));
        assertMalformed(() -> Dealing.decode(Arrays.copyOf(dealing, dealing.length - 1)));
        assertMalformed(() -> Dealing.decode(with(dealing, 1, 0)));
        assertMalformed(() -> Dealing.decode(with(dealing, 1, 65)));
        assertMalformed(() -> Dealing.decode(with(dealing, 2, 0)));
        assertMalformed(() -> Dealing.decode(with(dealing, 2, 6)));
        assertMalformed(() -> Dealing.decode(with(dealing, 3, 65)));
        assertMalformed(() -> Dealing.decode(with(dealing, 1, 2)));
        assertMalformed(() -> Dealing.decode(with(dealing, dealing.length - 1, dealing[dealing.length - 1] ^ 1)));
        byte[] parameters = FOUNDED.parameters().encode();
        assertMalformed(() -> QuorumParameters.decode(with(parameters, 0, 2)));
        byte[] dealt = Dealer.founding(1, THREE_OF_FIVE).shareFor(1).encode().exposeSecretBytes();
        assertMalformed(() -> DealtShare.decode(SecretBytes.copyOf(with(dealt, 1, 0))));
        assertMalformed(() -> DealtShare.decode(SecretBytes.copyOf(with(dealt, 2, 65))));
        byte[] share = FOUNDED.of(1).encode().exposeSecretBytes();
        assertMalformed(() -> AuthorityShare.decode(SecretBytes.copyOf(with(share, 1, 2)), FOUNDED.parameters()));
        byte[] part = FOUNDED.of(1)
                .issue(retrievalKey.image(FOUNDED.parameters().publicParameters()), HELD)
                .encode();
        assertMalformed(() -> PartialTransformKey.decode(with(part, 1, 0)));
        assertMalformed(() -> PartialTransformKey.decode(Arrays.copyOf(part, part.length - 1)));
    }

    @Test
    void aQuorumHasLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(1, 65));
        assertThatIllegalArgumentException().isThrownBy(() -> Dealer.founding(0, THREE_OF_FIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dealer.founding(1, THREE_OF_FIVE).shareFor(6));
    }

    @Test
    void aCeremonyWantsOneShareOfEachDealer() {
        List<Dealer> dealers = List.of(Dealer.founding(1, THREE_OF_FIVE), Dealer.founding(2, THREE_OF_FIVE));
        KeyCeremony ceremony = KeyCeremony.founding(Ceremonies.dealings(dealers));
        List<DealtShare> forThird = dealers.stream().map(d -> d.shareFor(3)).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> ceremony.receive(3, forThird.subList(0, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ceremony.receive(2, forThird));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ceremony.receive(3, Collections.nCopies(2, forThird.get(0))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyCeremony.founding(
                        Collections.nCopies(2, dealers.get(0).dealing())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyCeremony.founding(List.of(
                        dealers.get(0).dealing(),
                        Dealer.founding(2, new Quorum(2, 5)).dealing())));
    }

    @Test
    void secretsDoNotPrintThemselves() {
        Dealer dealer = Dealer.founding(1, THREE_OF_FIVE);
        assertThat(dealer).hasToString("Dealer[secret]");
        assertThat(dealer.shareFor(1)).hasToString("DealtShare[secret]");
        assertThat(FOUNDED.of(1)).hasToString("AuthorityShare[secret]");
    }

    private boolean opened(Outcome quorum, List<Integer> members) throws Exception {
        PublicParameters parameters = quorum.parameters().publicParameters();
        Gt out = retrievalKey.retrieve(lock(parameters).transform(key(quorum, members)));
        return out.equals(secret(parameters));
    }

    private TransformKey key(Outcome quorum, List<Integer> members) throws Exception {
        RetrievalImage person = retrievalKey.image(quorum.parameters().publicParameters());
        List<PartialTransformKey> parts = new ArrayList<>();
        for (int member : members) {
            parts.add(quorum.of(member).issue(person, HELD));
        }
        return quorum.parameters().combine(person, HELD, parts);
    }

    private PolicyLock lock(PublicParameters parameters) throws Exception {
        return PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor and department:cardiology"), s);
    }

    private Gt secret(PublicParameters parameters) {
        return parameters.encapsulated(s);
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private interface Decoding {
        void run() throws GeneralSecurityException;
    }

    private static void assertMalformed(Decoding decoding) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(decoding::run);
    }
}

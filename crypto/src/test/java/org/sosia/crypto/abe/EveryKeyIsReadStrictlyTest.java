package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.StrictReading;

/** Every encoding of the policy lock and its authorities: the whole and nothing else, of its own version, with numbers up to their limits. */
class EveryKeyIsReadStrictlyTest {
    private static final MasterSecretKey MASTER = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = MASTER.publicParameters();
    private static final Quorum TWO_OF_THREE = new Quorum(2, 3);
    private static final Set<Attribute> HELD = Set.of(Attribute.of("role", "doctor"), Attribute.of("ward", "3"));
    private static final AccessPolicy POLICY = policy("role:doctor");

    private static AccessPolicy policy(String text) {
        try {
            return AccessPolicy.parse(text);
        } catch (PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private interface Secret {
        Object decode(SecretBytes encoded) throws GeneralSecurityException;
    }

    private static void strict(byte[] encoded, StrictReading.Decoding decoding) throws GeneralSecurityException {
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(encoded, decoding);
    }

    private static void strict(SecretBytes encoded, Secret decoding) throws GeneralSecurityException {
        strict(encoded.exposeSecretBytes(), bytes -> decoding.decode(SecretBytes.copyOf(bytes)));
    }

    @Test
    void keysOfOneAuthorityAndOfPersons() throws Exception {
        UserKeys keys = MASTER.keyGen(HELD);
        RetrievalKey z = keys.retrievalKey();
        strict(MASTER.encode(), MasterSecretKey::decode);
        strict(PARAMETERS.encode(), PublicParameters::decode);
        strict(keys.transformKey().encode(), TransformKey::decode);
        strict(z.encode(), RetrievalKey::decode);
        strict(z.image(PARAMETERS).encode(), RetrievalImage::decode);
        strict(z.request(PARAMETERS, new byte[] {1}).encode(), KeyRequest::decode);
        strict(BlindedRetrievalKey.blind(z, "correct horse".toCharArray()).encode(), BlindedRetrievalKey::decode);
        assertThat(RetrievalImage.decode(z.image(PARAMETERS).encode())).isEqualTo(z.image(PARAMETERS));
    }

    @Test
    void whatGoesToCloudsOrWaits() throws Exception {
        strict(new LockTask(POLICY, Scalar.random()).encode(), LockTask::decode);
        strict(new KeyTask(Scalar.random(), HELD).encode(), KeyTask::decode);
        strict(OfflineLock.prepare(PARAMETERS, POLICY).encode(), bytes -> OfflineLock.decode(bytes, PARAMETERS));
    }

    @Test
    void piecesOfAQuorum() throws Exception {
        Dealer dealer = Dealer.converting(MASTER, TWO_OF_THREE);
        KeyCeremony ceremony = KeyCeremony.converting(PARAMETERS, dealer.dealing());
        AuthorityShare share = ceremony.receive(3, List.of(dealer.shareFor(3)));
        RetrievalImage person = RetrievalKey.generate().image(PARAMETERS);
        strict(dealer.dealing().encode(), Dealing::decode);
        strict(dealer.shareFor(2).encode(), DealtShare::decode);
        strict(share.encode(), bytes -> AuthorityShare.decode(bytes, ceremony.parameters()));
        strict(ceremony.parameters().encode(), QuorumParameters::decode);
        strict(share.issue(person, HELD).encode(), PartialTransformKey::decode);
        assertThat(share.authority()).isEqualTo(3);
        assertThat(PartialTransformKey.decode(share.issue(person, HELD).encode())
                        .authority())
                .isEqualTo(3);
    }

    @Test
    void dealersAndAuthoritiesAreNumberedFromOneToSixtyFour() throws Exception {
        for (int[] good : new int[][] {{1, 64}, {64, 1}}) {
            DealtShare share = DealtShare.decode(share(good[0], good[1]));
            assertThat(share.dealer()).isEqualTo(good[0]);
            assertThat(share.authority()).isEqualTo(good[1]);
        }
        for (int[] bad : new int[][] {{0, 1}, {1, 0}, {65, 1}, {1, 65}}) {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> DealtShare.decode(share(bad[0], bad[1])));
        }
        assertThat(Dealer.founding(64, new Quorum(1, 1)).dealing().dealer()).isEqualTo(64);
        for (int none : new int[] {0, 65}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Dealer.founding(none, TWO_OF_THREE));
            byte[] dealing = Dealer.founding(1, TWO_OF_THREE).dealing().encode();
            dealing[1] = (byte) none;
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Dealing.decode(dealing));
        }
        Dealer last = Dealer.founding(64, TWO_OF_THREE);
        assertThat(Dealing.decode(last.dealing().encode()).dealer()).isEqualTo(64);
        assertThat(last.shareFor(1).authority()).isEqualTo(1);
        assertThat(last.shareFor(3).authority()).isEqualTo(3);
        for (int none : new int[] {0, 4}) {
            assertThatIllegalArgumentException().isThrownBy(() -> last.shareFor(none));
        }
        assertThat(new Quorum(64, 64).has(64)).isTrue();
        assertThat(new Quorum(1, 64).has(65)).isFalse();
        assertThat(new Quorum(1, 1).has(0)).isFalse();
    }

    private static SecretBytes share(int dealer, int authority) {
        return SecretBytes.copyOf(new ByteWriter()
                .u8(1)
                .u8(dealer)
                .u8(authority)
                .fixed(Scalar.of(1).encode())
                .fixed(Scalar.of(2).encode())
                .toByteArray());
    }

    @Test
    void anAuthoritysPartNamesAnAuthority() throws Exception {
        Dealer dealer = Dealer.converting(MASTER, TWO_OF_THREE);
        KeyCeremony ceremony = KeyCeremony.converting(PARAMETERS, dealer.dealing());
        RetrievalImage person = RetrievalKey.generate().image(PARAMETERS);
        byte[] part = ceremony.receive(1, List.of(dealer.shareFor(1)))
                .issue(person, HELD)
                .encode();
        for (int none : new int[] {0, 65}) {
            byte[] changed = part.clone();
            changed[1] = (byte) none;
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> PartialTransformKey.decode(changed));
        }
        for (int other : new int[] {2, 4, 64}) {
            byte[] changed = part.clone();
            changed[1] = (byte) other;
            assertThat(PartialTransformKey.decode(changed).isRight(ceremony.parameters(), person))
                    .isFalse();
        }
        assertThat(PartialTransformKey.decode(part).isRight(ceremony.parameters(), person))
                .isTrue();
        assertThat(PartialTransformKey.decode(part)).hasToString("PartialTransformKey[of 1]");
    }

    @Test
    void aKeyHoldsUpToTwoHundredFiftySixAttributes() throws Exception {
        Set<Attribute> most = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            most.add(Attribute.of("ward", Integer.toString(i)));
        }
        TransformKey full = MASTER.keyGen(most).transformKey();
        assertThat(TransformKey.decode(full.encode()).attributes()).isEqualTo(most);
        assertThat(KeyTask.decode(new KeyTask(Scalar.of(3), most).encode()).encode())
                .isEqualTo(new KeyTask(Scalar.of(3), most).encode());
        most.add(Attribute.of("ward", "none"));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> KeyTask.decode(new KeyTask(Scalar.of(3), most).encode()));
        assertThatIllegalArgumentException().isThrownBy(() -> MASTER.keyGen(most));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutsourcedKeyGen.betweenCloudsThatNeverCollude(MASTER, most));
    }

    /** What does not belong together is not put together. */
    @Test
    void partsOfDifferentThingsDoNotMix() {
        LockTask one = new LockTask(POLICY, Scalar.of(1));
        LockTask other = new LockTask(policy("role:nurse"), Scalar.of(1));
        assertThatIllegalArgumentException().isThrownBy(() -> one.plus(other));
        assertThat(one.plus(one).encode()).isEqualTo(new LockTask(POLICY, Scalar.of(2)).encode());
        TransformKey doctors = MASTER.keyGen(HELD).transformKey();
        TransformKey nobodys = MASTER.keyGen(Set.of()).transformKey();
        assertThatIllegalArgumentException().isThrownBy(() -> doctors.multiply(nobodys));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyCeremony.founding(List.of(
                        Dealer.founding(1, TWO_OF_THREE).dealing(),
                        Dealer.founding(2, new Quorum(3, 3)).dealing())));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyCeremony.founding(List.of()));
    }

    @Test
    void whatIsEqualIsWhatHasTheSameBytes() throws Exception {
        RetrievalKey z = RetrievalKey.generate();
        RetrievalImage image = z.image(PARAMETERS);
        RetrievalImage foreign = z.image(MasterSecretKey.generate().publicParameters());
        assertThat(image).isNotEqualTo(foreign).isNotEqualTo("image").hasToString("RetrievalImage[public]");
        assertThat(image.hashCode()).isEqualTo(z.image(PARAMETERS).hashCode()).isNotZero();
        QuorumParameters quorum = Ceremonies.converting(MASTER, TWO_OF_THREE).parameters();
        QuorumParameters again = Ceremonies.converting(MASTER, TWO_OF_THREE).parameters();
        assertThat(quorum)
                .isEqualTo(QuorumParameters.decode(quorum.encode()))
                .isNotEqualTo(again)
                .isNotEqualTo("quorum")
                .hasSameHashCodeAs(again);
        assertThat(quorum.publicParameters()).isEqualTo(PARAMETERS).isNotEqualTo("parameters");
        assertThat(quorum.hashCode()).isNotZero();
        assertThat(PARAMETERS.hashCode())
                .isNotEqualTo(MasterSecretKey.generate().publicParameters().hashCode());
        assertThat(Dealer.founding(3, TWO_OF_THREE).dealing()).hasToString("Dealing[of 3]");
    }
}

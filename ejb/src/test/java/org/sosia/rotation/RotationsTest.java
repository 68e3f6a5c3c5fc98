package org.sosia.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.attributes.Attributes;
import org.sosia.attributes.ParametersView;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.TransformedSlot;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.identity.Credentials;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.JobView;
import org.sosia.keys.Keyring;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.RefusedHeaderException;
import org.sosia.sharing.Handover;
import org.sosia.sharing.Referrals;
import org.sosia.sharing.Story;
import org.sosia.statements.Judgement;
import org.sosia.statements.StatementView;
import org.sosia.statements.Statements;

/** New keys in the place of old ones: what was sealed before opens, and what is sealed afterwards opens by the new ones alone. */
class RotationsTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials authority = hospital.proven("kim", "key-authority");
    private UUID record = new UUID(0, 0);
    private String key = "";

    @BeforeEach
    void aRecordIsOpenToADoctor() throws Exception {
        hospital.enrol("kim", "key-authority", Set.of());
        record = story.record(story.owner);
        key = story.approve(story.owner, story.ask(story.doctor, record))
                .partialKey()
                .orElseThrow();
    }

    private Rotations rotations() {
        return hospital.signIn(authority).bean(Rotations.class);
    }

    private JobView rotated(String name) throws Exception {
        UUID job = rotations().rotate(name).id();
        hospital.bean(Rotating.class).work(hospital.real(), () -> true);
        JobView done = rotations().job(job);
        assertThat(done.state()).isEqualTo("DONE");
        return done;
    }

    private Header header(UUID of) throws Exception {
        return Header.decode(hospital.a.record(of).orElseThrow().header());
    }

    private Path rootFile() {
        return hospital.keyDirectory.resolve("original.key");
    }

    @Test
    void aNewCollectionEpochCountsForNewRecordsAndOldOnesOpenAsBefore() throws Exception {
        assertThat(rotated("collections").done()).isEqualTo(1);
        UUID later = story.record(story.owner);
        String laterKey = story.approve(story.owner, story.ask(story.doctor, later))
                .partialKey()
                .orElseThrow();

        assertThat(header(later).ownerKey()).isNotEqualTo(header(record).ownerKey());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        assertThat(story.open(story.doctor, later, laterKey)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, later, null)).isEqualTo(NOTE);
    }

    @Test
    void aGrantForAnOldRecordIsOfTheOldEpoch() throws Exception {
        rotated("collections");
        Credentials other = hospital.proven("carol", "doctor");
        hospital.enrol("carol", "doctor", Set.of("role:doctor", "department:cardiology"));
        String fresh = story.approve(story.owner, story.ask(other, record))
                .partialKey()
                .orElseThrow();

        assertThat(story.open(other, record, fresh)).isEqualTo(NOTE);
    }

    @Test
    void aNewSigningKeySignsNewRecordsAndOldSignaturesVerify() throws Exception {
        rotated("signing-keys");
        UUID later = story.record(story.owner);

        assertThat(header(later).signature().certificate())
                .isNotEqualTo(header(record).signature().certificate());
        header(later).verify(hospital.real().keys().ca());
        header(record).verify(hospital.real().keys().ca());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    @Test
    void aNewRetrievalKeyOpensWhatTheOldOneDidAndTheOldOneNothing() throws Exception {
        RetrievalKey old = kept();
        rotated("retrieval-keys");

        assertThat(kept().encode()).isNotEqualTo(old.encode());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        var keys = hospital.real().keys();
        TransformedSlot slot = TransformedSlot.decode(hospital.b
                .transform(
                        hospital.real().realm(),
                        TestHospital.DOCTOR,
                        hospital.a.record(record).orElseThrow().header())
                .orElseThrow()
                .result());
        Header sealed = header(record);
        assertThat(sealed.confirms(keys.parameters(), keys.collection(TestHospital.OWNER, sealed), slot, old))
                .isFalse();
    }

    private RetrievalKey kept() throws Exception {
        return hospital.real()
                .persons()
                .find(TestHospital.DOCTOR)
                .orElseThrow()
                .retrievalKey()
                .orElseThrow();
    }

    @Test
    void afterANewRootKeyEverythingOpensAndTheOldFileOpensNothing() throws Exception {
        Path old = Files.copy(rootFile(), hospital.keyDirectory.resolve("old.key"));
        rotated("root");

        assertThat(Files.mismatch(old, rootFile())).isNotEqualTo(-1);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        UUID later = story.record(story.owner);
        assertThat(story.open(story.owner, later, null)).isEqualTo(NOTE);
        assertThatThrownBy(() -> Keyring.unlock(old, hospital.a)).isInstanceOf(KeysDoNotFitException.class);
        Keyring again = Keyring.unlock(rootFile(), hospital.a);
        assertThat(again.ca()).isEqualTo(hospital.real().keys().ca());
        assertThat(again.handle("x", "y")).isEqualTo(hospital.real().keys().handle("x", "y"));
    }

    @Test
    void anotherNodeGoesOnWithTheNewRootKey() throws Exception {
        Keyring node = Keyring.unlock(rootFile(), hospital.a);
        rotated("root");

        assertThat(node.forgeKey().exposeSecretBytes())
                .isEqualTo(hospital.real().keys().forgeKey().exposeSecretBytes());
        node.collection("newcomer");
        assertThat(hospital.real().keys().collection("newcomer").ownerKey())
                .isEqualTo(node.collection("newcomer").ownerKey());
    }

    @Test
    void aCrashAfterTheStoreTookTheNewRootKeyIsSettledAtTheNextStart() throws Exception {
        Path before = Files.copy(rootFile(), hospital.keyDirectory.resolve("before.key"));
        rotated("root");
        // As if the file had not been replaced yet: the old one in place, the new one beside it.
        Files.move(rootFile(), hospital.keyDirectory.resolve("original.key.next"));
        Files.move(before, rootFile());

        assertThat(Keyring.unlock(rootFile(), hospital.a).ca())
                .isEqualTo(hospital.real().keys().ca());
        assertThat(hospital.keyDirectory.resolve("original.key.next")).doesNotExist();
    }

    @Test
    void aCrashBeforeTheStoreTookItLeavesTheOldOne() throws Exception {
        prepared();
        byte[] file = Files.readAllBytes(rootFile());

        assertThat(Keyring.unlock(rootFile(), hospital.a).ca())
                .isEqualTo(hospital.real().keys().ca());
        assertThat(Files.readAllBytes(rootFile())).isEqualTo(file);
    }

    /** Or the store would be sealed under a key that nobody has. */
    @Test
    void aNodeThatStartsLeavesWhatAnotherHasPreparedAndNotYetPutToUse() throws Exception {
        Path prepared = prepared();

        Keyring.unlock(rootFile(), hospital.a);

        assertThat(prepared).exists();
        rotated("root");
        assertThat(prepared).as("the next rotation has its own").doesNotExist();
        assertThat(Files.readString(rootFile())).doesNotContain("AAAAAAAAAAAAAAAA");
    }

    private Path prepared() throws IOException {
        return Files.writeString(hospital.keyDirectory.resolve("original.key.next"), """
                sosia-root-key 1
                AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                """);
    }

    @Test
    void theListSaysWhatWasRotatedAndWhen() throws Exception {
        assertThat(rotations().list())
                .extracting(KeyView::name)
                .containsExactly(
                        "collections",
                        "signing-keys",
                        "certificate-authority",
                        "retrieval-keys",
                        "person-keys",
                        "master-key",
                        "cloud-keys",
                        "root");
        rotated("root");
        assertThat(rotated("root").epoch()).isEqualTo(3);

        KeyView root = view("root");
        assertThat(root.epoch()).isEqualTo(3);
        assertThat(root.rotatedAt()).isNotNull();
        assertThat(root.job()).isNull();
        assertThat(rotations().list().get(0).rotatedAt()).isNull();
    }

    private KeyView view(String name) {
        return rotations().list().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bothCloudsSignWithNewKeysAndWhatTheOldOnesSignedVerifies() throws Exception {
        story.open(story.doctor, record, key);
        StatementView before = said();

        assertThat(rotated("cloud-keys").done()).isEqualTo(2);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        StatementView after = said();

        ParametersView published =
                hospital.signIn(story.doctor).bean(Attributes.class).parameters();
        for (var cloud : List.of(published.keeper(), published.mediator())) {
            assertThat(cloud).hasSize(2);
            assertThat(cloud.get(0).until()).isEqualTo(cloud.get(1).from()).isNotNull();
        }
        assertThat(before.certificate()).isEqualTo(published.mediator().get(0).certificate());
        assertThat(after.certificate()).isEqualTo(published.mediator().get(1).certificate());
        assertThat(judged(before)).isEqualTo(Judgement.RIGHT);
        assertThat(judged(after)).isEqualTo(Judgement.RIGHT);
    }

    /** What the mediator said about the last opening. */
    private StatementView said() throws Exception {
        hospital.enrol("sam", "security-desk", Set.of());
        long last = hospital.a.auditEntries(0, 200).stream()
                .filter(entry -> entry.action().equals("UNWRAP"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .seq();
        return statements().of(last).get(0);
    }

    private Statements statements() {
        return hospital.signIn(hospital.proven("sam", "security-desk")).bean(Statements.class);
    }

    private Judgement judged(StatementView said) throws Exception {
        Base64.Decoder text = Base64.getDecoder();
        return statements()
                .check(
                        text.decode(said.statement()),
                        text.decode(said.certificate()),
                        hospital.a.record(record).orElseThrow().header(),
                        hospital.b.transformKey("1", TestHospital.DOCTOR));
    }

    private JobView worked(UUID job) throws Exception {
        hospital.bean(Rotating.class).work(hospital.real(), () -> true);
        return rotations().job(job);
    }

    /** Begins it, and goes on until old and new are accepted and every signing key was made anew. */
    private UUID changingOver() throws Exception {
        UUID job = rotations().rotate("certificate-authority").id();
        assertThat(worked(job).error()).isEqualTo("other nodes have to hear of it");
        hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        assertThat(worked(job).state()).isEqualTo("RUNNING");
        return job;
    }

    private JobView succeeded() throws Exception {
        UUID job = changingOver();
        hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        JobView done = worked(job);
        assertThat(done.state()).isEqualTo("DONE");
        return done;
    }

    @Test
    void anotherCertificateAuthorityTakesThePlaceAndWhatWasSignedBeforeVerifies() throws Exception {
        Keyring keys = hospital.real().keys();
        X509Certificate first = keys.ca();
        keys.officeKey();

        assertThat(succeeded().done())
                .as("the owner's key and the key authority's")
                .isEqualTo(2);

        X509Certificate second = keys.ca();
        UUID later = story.record(story.owner);
        header(record).verify(first);
        header(later).verify(second);
        assertThatThrownBy(() -> header(later).verify(first)).isInstanceOf(GeneralSecurityException.class);
        keys.officeKey().certificate().verify(second.getPublicKey());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, later, null)).isEqualTo(NOTE);
        String fresh = story.approve(story.owner, story.ask(story.doctor, later))
                .partialKey()
                .orElseThrow();
        assertThat(story.open(story.doctor, later, fresh)).isEqualTo(NOTE);
        assertThat(Keyring.unlock(rootFile(), hospital.a).authorities().newestFirst())
                .containsExactly(second, first);
    }

    @Test
    void theAuthorityThatWasSucceededIntroducedTheNext() throws Exception {
        X509Certificate first = hospital.real().keys().ca();
        succeeded();
        succeeded();

        var published = hospital.signIn(story.doctor)
                .bean(Attributes.class)
                .parameters()
                .formerAuthorities();
        assertThat(published).hasSize(2);
        Base64.Decoder text = Base64.getDecoder();
        assertThat(text.decode(published.get(0).certificate())).isEqualTo(first.getEncoded());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(first.getPublicKey());
        signature.update(text.decode(published.get(0).introduction()));
        assertThat(signature.verify(text.decode(published.get(0).signature()))).isTrue();
        byte[] second = text.decode(published.get(1).certificate());
        assertThat(text.decode(published.get(0).introduction())).endsWith(second);
    }

    /** Of two authorities the clouds accept both as long as owners may still sign under either, and then the new one only. */
    @Test
    void whatAnOldKeySignsIsAcceptedDuringTheChangeAndRefusedAfterwards() throws Exception {
        Keyring keys = hospital.real().keys();
        OwnerSigningKey old = keys.signingKey(TestHospital.OWNER);
        UUID job = changingOver();
        assertThat(keys.signingKey(TestHospital.OWNER).certificate()).isNotEqualTo(old.certificate());
        replace(resigned(old));

        hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        assertThat(worked(job).state()).isEqualTo("DONE");

        byte[] late = resigned(old);
        assertThatThrownBy(() -> replace(late)).isInstanceOf(RefusedHeaderException.class);
        replace(resigned(keys.signingKey(TestHospital.OWNER)));
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    private byte[] resigned(OwnerSigningKey signer) throws Exception {
        Keyring keys = hospital.real().keys();
        Header now = header(record);
        return now.withPolicy(
                        keys.collection(TestHospital.OWNER, now),
                        keys.parameters(),
                        now.policy(),
                        signer,
                        keys.caOf(now.signature()))
                .encode();
    }

    private void replace(byte[] next) throws Exception {
        hospital.a.replaceHeader(
                record, header(record).digest(), next, hospital.real().event(authority, "TEST", record, Map.of()));
    }

    private PersonKey ofDoctor(String subject) throws Exception {
        return hospital.real()
                .persons()
                .find(subject)
                .orElseThrow()
                .personKeys()
                .get(0);
    }

    private void newPersonKeys() throws Exception {
        UUID job = rotations().rotate("person-keys").id();
        assertThat(worked(job).error()).isEqualTo("other nodes have to hear of it");
        hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        assertThat(worked(job).state()).isEqualTo("DONE");
    }

    @Test
    void whatWaitsInAnInboxIsSealedToTheNewKeyAndTheOldOneOpensNothing() throws Exception {
        UUID grant = story.sharing(story.owner)
                .approve(
                        story.ask(story.doctor, record),
                        hospital.clock.instant().plus(Duration.ofHours(8)),
                        Handover.SEAL)
                .grant();
        byte[] before = hospital.a.grant(grant).orElseThrow().delivery();
        PersonKey old = ofDoctor(TestHospital.DOCTOR);
        newPersonKeys();

        assertThat(ofDoctor(TestHospital.DOCTOR).publicKey()).isNotEqualTo(old.publicKey());
        byte[] after = hospital.a.grant(grant).orElseThrow().delivery();
        assertThat(after).isNotEqualTo(before);
        byte[] context = ByteBuffer.allocate(32)
                .putLong(grant.getMostSignificantBits())
                .putLong(grant.getLeastSignificantBits())
                .putLong(record.getMostSignificantBits())
                .putLong(record.getLeastSignificantBits())
                .array();
        assertThat(old.open(Objects.requireNonNull(before), context)).isNotEmpty();
        assertThatThrownBy(() -> old.open(Objects.requireNonNull(after), context))
                .isInstanceOf(GeneralSecurityException.class);
        assertThat(hospital.real()
                        .persons()
                        .find(TestHospital.DOCTOR)
                        .orElseThrow()
                        .hasFormerKeys())
                .isFalse();
        String taken = story.sharing(story.doctor).takeDelivered(grant);
        assertThat(story.open(story.doctor, record, taken)).isEqualTo(NOTE);
    }

    /** The owner released it right before the new key came, and her server wrote it right after. */
    @Test
    void whatIsSealedToTheOldKeyWhileTheNewOneComesIsOpenedToo() throws Exception {
        UUID job = rotations().rotate("person-keys").id();
        PersonKey old = ofDoctor(TestHospital.DOCTOR);
        UUID grant = story.sharing(story.owner)
                .approve(
                        story.ask(story.doctor, record),
                        hospital.clock.instant().plus(Duration.ofHours(8)),
                        Handover.SEAL)
                .grant();
        worked(job);
        assertThat(ofDoctor(TestHospital.DOCTOR).publicKey()).isNotEqualTo(old.publicKey());

        String taken = story.sharing(story.doctor).takeDelivered(grant);

        assertThat(story.open(story.doctor, record, taken)).isEqualTo(NOTE);
    }

    @Test
    void aReferralOpensWithTheKeyOfThenAsLongAsItStands() throws Exception {
        UUID grant = Objects.requireNonNull(hospital.signIn(story.owner)
                .bean(Referrals.class)
                .refer(
                        record,
                        TestHospital.OTHER_DOCTOR,
                        hospital.clock.instant().plus(Duration.ofDays(3)),
                        "second opinion",
                        List.of())
                .grant());
        Credentials other = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
        newPersonKeys();

        String taken = story.sharing(other).takeDelivered(grant);
        assertThat(story.open(other, record, taken)).isEqualTo(NOTE);
        assertThat(hospital.real()
                        .persons()
                        .find(TestHospital.OTHER_DOCTOR)
                        .orElseThrow()
                        .hasFormerKeys())
                .isTrue();

        story.sharing(story.owner).revoke(grant);
        newPersonKeys();
        assertThat(hospital.real()
                        .persons()
                        .find(TestHospital.OTHER_DOCTOR)
                        .orElseThrow()
                        .hasFormerKeys())
                .as("forgotten when no referral stands any more")
                .isFalse();
    }

    /** Killed after what each piece did, and before it was noted that it is done: so each piece is done twice. */
    @ParameterizedTest
    @ValueSource(strings = {"certificate-authority", "person-keys", "master-key", "cloud-keys"})
    void whatIsKilledAfterEachPieceGoesOn(String name) throws Exception {
        UUID grant = story.sharing(story.owner)
                .approve(
                        story.ask(story.doctor, record),
                        hospital.clock.instant().plus(Duration.ofHours(8)),
                        Handover.SEAL)
                .grant();
        UUID job = rotations().rotate(name).id();
        for (int pieces = 0; rotations().job(job).state().equals("RUNNING"); pieces++) {
            assertThat(pieces).as("it gets on").isLessThan(20);
            hospital.a.failing = "keepJob";
            hospital.bean(Rotating.class).work(hospital.real(), () -> false);
            hospital.a.failing = null;
            hospital.bean(Rotating.class).work(hospital.real(), () -> false);
            hospital.clock.pass(Succession.EVERYBODY_KNOWS.dividedBy(2));
        }

        assertThat(rotations().job(job).state()).isEqualTo("DONE");
        assertThat(story.open(story.doctor, record, story.sharing(story.doctor).takeDelivered(grant)))
                .isEqualTo(NOTE);
        UUID later = story.record(story.owner);
        assertThat(story.open(story.owner, later, null)).isEqualTo(NOTE);
    }

    /** A rotation that waits for something must not keep the others waiting with it. */
    @Test
    void anotherKeyIsRotatedWhileOneWaits() throws Exception {
        UUID waiting = rotations().rotate("certificate-authority").id();
        worked(waiting);
        UUID other = rotations().rotate("cloud-keys").id();

        assertThat(worked(other).state()).isEqualTo("DONE");
    }

    /** The first cloud has its new key, the second one did not answer: the next node begins with that one. */
    @Test
    void aRotationOfTheCloudsKeysGoesOnWhereItWasKilled() throws Exception {
        UUID job = rotations().rotate("cloud-keys").id();
        hospital.bean(Rotating.class).work(hospital.real(), () -> false);
        assertThat(rotations().job(job).done()).isEqualTo(1);
        assertThat(hospital.real().mediatorKeys().terms()).hasSize(1);

        hospital.bean(Rotating.class).work(hospital.real(), () -> true);

        assertThat(rotations().job(job).state()).isEqualTo("DONE");
        assertThat(hospital.real().keeperKeys().terms()).hasSize(2);
        assertThat(hospital.real().mediatorKeys().terms()).hasSize(2);
        assertThat(hospital.twin().mediatorKeys().terms())
                .as("who is in the twin learns nothing of it")
                .hasSize(1);
    }

    @Test
    void oneRotationOfAKeyIsUnderWayAtATime() throws Exception {
        JobView first = rotations().rotate("root");

        assertThat(rotations().rotate("root").id()).isEqualTo(first.id());
        assertThat(view("root").job()).isEqualTo(first);
    }

    @Test
    void unknownKeysAndAgedSignInsAreRefused() {
        assertThatThrownBy(() -> rotations().rotate("house")).isInstanceOf(NoSuchKeyException.class);
        hospital.clock.pass(Duration.ofMinutes(16));
        assertThatThrownBy(() -> rotations().rotate("root")).isInstanceOf(StepUpRequiredException.class);
    }

    @Test
    void theTwinsKeysAreItsOwn() throws Exception {
        byte[] real = Files.readAllBytes(rootFile());
        byte[] twins = Files.readAllBytes(hospital.keyDirectory.resolve("duplicate.key"));
        Credentials low = hospital.low("kim", "key-authority");
        hospital.signIn(low).bean(Rotations.class).rotate("root");
        for (var each : List.of(hospital.real(), hospital.twin())) {
            hospital.bean(Rotating.class).work(each, () -> true);
        }

        assertThat(Files.readAllBytes(rootFile())).isEqualTo(real);
        assertThat(Files.readAllBytes(hospital.keyDirectory.resolve("duplicate.key")))
                .isNotEqualTo(twins);
    }
}

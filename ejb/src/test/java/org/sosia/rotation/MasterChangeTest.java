package org.sosia.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.attributes.Attributes;
import org.sosia.attributes.ParametersChangeView;
import org.sosia.attributes.ParametersView;
import org.sosia.ceremony.CeremonyRefusedException;
import org.sosia.ceremony.CouncilStory;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.FormatOne;
import org.sosia.crypto.envelope.Header;
import org.sosia.identity.Credentials;
import org.sosia.issuing.Issuing;
import org.sosia.issuing.Recoveries;
import org.sosia.jobs.JobView;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Gate;
import org.sosia.lane.ProofResult;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.SealedRecord;
import org.sosia.policies.Policies;
import org.sosia.sharing.Story;

/** The master key is exchanged: everybody goes on reading, before, during and after, and nothing is under the old one in the end. */
class MasterChangeTest {
    private static final int MOST_PIECES = 40;

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials authority = hospital.proven("kim", "key-authority");
    private UUID record = new UUID(0, 0);
    private String key = "";

    @BeforeEach
    void aRecordIsOpenToADoctor() throws Exception {
        hospital.enrol("kim", "key-authority", Set.of());
        record = story.record(story.owner);
        key = approved(story.doctor, record);
    }

    private String approved(Credentials who, UUID of) throws Exception {
        return story.approve(story.owner, story.ask(who, of)).partialKey().orElseThrow();
    }

    private Rotations rotations() {
        return hospital.signIn(authority).bean(Rotations.class);
    }

    private Keyring keys() {
        return hospital.real().keys();
    }

    private SealedRecord row(UUID of) {
        return hospital.a.record(of).orElseThrow();
    }

    private byte[] named(UUID of) throws Exception {
        return Header.decode(row(of).header()).parametersDigest();
    }

    private JobView piece(UUID job) throws Exception {
        hospital.bean(Rotating.class).work(hospital.real(), () -> false);
        hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        return rotations().job(job);
    }

    /** Goes on until a phase, counted from 1 as people see it, has begun. */
    private JobView upTo(UUID job, int phase) throws Exception {
        JobView at = rotations().job(job);
        for (int pieces = 0; at.phase() < phase && at.state().equals("RUNNING"); pieces++) {
            assertThat(pieces).as("it gets on").isLessThan(MOST_PIECES);
            at = piece(job);
        }
        assertThat(at.phase()).isGreaterThanOrEqualTo(phase);
        return at;
    }

    private JobView done(UUID job) throws Exception {
        JobView at = rotations().job(job);
        for (int pieces = 0; at.state().equals("RUNNING"); pieces++) {
            assertThat(pieces).as("it gets on").isLessThan(MOST_PIECES);
            at = piece(job);
        }
        assertThat(at.state()).isEqualTo("DONE");
        return at;
    }

    @Test
    void recordsFollowAndOpenWithWhatTheirReadersHave() throws Exception {
        PublicParameters before = keys().parameters();
        SealedRecord old = row(record);
        assertThat(done(rotations().rotate("master-key").id()).done()).isEqualTo(1);

        PublicParameters after = keys().parameters();
        assertThat(after).isNotEqualTo(before);
        assertThat(keys().allParameters()).containsExactly(after);
        assertThat(named(record)).isEqualTo(after.digest());
        assertThat(Header.decode(row(record).header()).coreDigest())
                .isEqualTo(Header.decode(old.header()).coreDigest());
        assertThat(row(record).sealedBytes()).isEqualTo(old.sealedBytes());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);

        UUID later = story.record(story.owner);
        assertThat(named(later)).isEqualTo(after.digest());
        assertThat(story.open(story.doctor, later, approved(story.doctor, later)))
                .isEqualTo(NOTE);
        assertThat(hospital.b.transformKeys("1", TestHospital.DOCTOR)).hasSize(1);
    }

    /** After each piece, with what somebody has who was approved before, and somebody who was approved in between. */
    @Test
    void atNoMomentIsARightfulReaderKeptOut() throws Exception {
        UUID job = rotations().rotate("master-key").id();
        int newcomers = 0;
        while (rotations().job(job).state().equals("RUNNING")) {
            assertThat(newcomers).as("it gets on").isLessThan(MOST_PIECES);
            piece(job);
            assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
            String name = "newcomer" + newcomers++;
            Credentials newcomer = hospital.proven(name, "doctor");
            hospital.enrol(name, "doctor", Set.of("role:doctor", "department:cardiology"));
            UUID later = story.record(story.owner);
            assertThat(story.open(newcomer, record, approved(newcomer, record))).isEqualTo(NOTE);
            assertThat(story.open(story.doctor, later, approved(story.doctor, later)))
                    .isEqualTo(NOTE);
        }
        assertThat(hospital.a.countUnder(keys().parameters().digest())).isEqualTo(newcomers + 1L);
    }

    /** The store does not answer any more after a piece did its work, or before: whoever goes on does it again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keepJob",
                "replaceHeaders",
                "closeParameters",
                "closeParametersOfRealm",
                "replaceSecrets",
                "renewTransformKey",
                "beginJob",
                "nameTransformKeys"
            })
    void whatIsKilledInTheMiddleGoesOn(String call) throws Exception {
        UUID job = rotations().rotate("master-key").id();
        byte[] old = keys().parameters().digest();
        for (int pieces = 0; rotations().job(job).state().equals("RUNNING"); pieces++) {
            assertThat(pieces).as("it gets on").isLessThan(MOST_PIECES);
            for (boolean before : new boolean[] {true, false}) {
                hospital.a.failing = before ? call : null;
                hospital.b.failing = before ? call : null;
                hospital.a.losing = before ? null : call;
                hospital.b.losing = before ? null : call;
                hospital.bean(Rotating.class).work(hospital.real(), () -> false);
                hospital.a.failing = null;
                hospital.b.failing = null;
                hospital.a.losing = null;
                hospital.b.losing = null;
                assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
            }
            piece(job);
        }
        assertThat(rotations().job(job).state()).isEqualTo("DONE");
        assertThat(hospital.a.countUnder(old)).isZero();
        assertThat(keys().allParameters()).hasSize(1);
        assertThat(named(record)).isEqualTo(keys().parameters().digest()).isNotEqualTo(old);
        assertThat(rotations().list().stream().filter(each -> each.name().equals("root")))
                .allMatch(root -> root.job() != null || root.epoch() == 2);
    }

    @Test
    void stoppedItStaysWhereItIsAndGoesOn() throws Exception {
        UUID job = rotations().rotate("master-key").id();
        upTo(job, 4);
        rotations().stop(job);
        assertThat(piece(job).state()).isEqualTo("STOPPED");
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        assertThat(keys().allParameters()).hasSize(2);

        rotations().resume(job);
        done(job);
        assertThat(keys().allParameters()).hasSize(1);
    }

    /** Nothing opens under the old one any more: it must not be in any row. */
    @Test
    void theOldMasterKeyIsInNoRowAfterwardsAndTheRootKeyIsRotated() throws Exception {
        byte[] old = keys().parameters().digest();
        byte[] file = Files.readAllBytes(root());
        done(rotations().rotate("master-key").id());
        hospital.bean(Rotating.class).work(hospital.real(), () -> true);

        Keyring again = Keyring.unlock(root(), hospital.a);
        assertThat(again.allParameters())
                .extracting(PublicParameters::digest)
                .containsExactly(keys().parameters().digest())
                .doesNotContain(old);
        assertThat(Files.readAllBytes(root())).isNotEqualTo(file);
    }

    private Path root() {
        return hospital.keyDirectory.resolve("original.key");
    }

    /** Another node hears of it at the latest when it meets a header that names the next parameters. */
    @Test
    void aNodeThatHasNotHeardOfItReadsWhatOthersSealed() throws Exception {
        Keyring node = Keyring.unlock(root(), hospital.a);
        byte[] old = node.parameters().digest();
        upTo(rotations().rotate("master-key").id(), 4);
        UUID later = story.record(story.owner);
        assertThat(node.parameters().digest()).isEqualTo(old);

        assertThat(node.parameters(Header.decode(row(later).header())).digest()).isEqualTo(named(later));
        assertThat(node.parameters(Header.decode(row(record).header())).digest())
                .isEqualTo(old);
        Header foreign = Header.decode(elsewhere());
        assertThatThrownBy(() -> node.parameters(foreign)).isInstanceOf(GeneralSecurityException.class);
    }

    private static byte[] elsewhere() throws Exception {
        Story other = new Story();
        return other.hospital.a.record(other.record(other.owner)).orElseThrow().header();
    }

    /** What a node sealed under the old one that had not heard of the next yet is met at the end. */
    @Test
    void whatIsSealedUnderTheOldOneMeanwhileFollowsToo() throws Exception {
        UUID job = rotations().rotate("master-key").id();
        byte[] old = keys().parameters().digest();
        SealedRecord before = row(record);
        upTo(job, 5);
        assertThat(hospital.a.countUnder(old)).isZero();
        // Put back as it was, as if it had been committed by a node of yesterday at this moment.
        hospital.a.plant(before);
        assertThat(hospital.a.countUnder(old)).isEqualTo(1);

        done(job);
        assertThat(hospital.a.countUnder(old)).isZero();
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    /** She keeps her retrieval key herself: nobody asks her for anything. */
    @Test
    void whoKeepsHerRetrievalKeyGoesOnWithIt() throws Exception {
        RetrievalKey own = RetrievalKey.generate();
        Recoveries mine = hospital.signIn(story.doctor).bean(Recoveries.class);
        byte[] request = own.request(keys().parameters(), mine.challenge().getBytes(UTF_8))
                .encode();
        UUID asked = mine.ask("", request).id();
        hospital.signIn(authority).bean(Issuing.class).give(asked, null, "passport seen");

        UUID job = rotations().rotate("master-key").id();
        while (rotations().job(job).state().equals("RUNNING")) {
            piece(job);
            Gate gate = hospital.signIn(story.doctor).bean(Gate.class);
            assertThat(gate.showRetrievalKey(own.encode().exposeSecretBytes())).isEqualTo(ProofResult.OPENED);
            assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        }

        RegisteredPerson person =
                hospital.real().persons().find(TestHospital.DOCTOR).orElseThrow();
        assertThat(person.image()).contains(own.image(keys().parameters()));
        assertThat(TransformKey.decode(hospital.b.transformKey("1", TestHospital.DOCTOR))
                        .isIssuedTo(keys().parameters(), person.image().orElseThrow()))
                .isTrue();
    }

    /** Asked for before, given afterwards: the key is one under the master key that there is then. */
    @Test
    void aRecoveryThatWaitedIsGivenUnderTheNextOne() throws Exception {
        RetrievalKey own = RetrievalKey.generate();
        Recoveries mine = hospital.signIn(story.doctor).bean(Recoveries.class);
        byte[] request = own.request(keys().parameters(), mine.challenge().getBytes(UTF_8))
                .encode();
        UUID asked = mine.ask("", request).id();
        done(rotations().rotate("master-key").id());
        Credentials kim = hospital.proven("kim", "key-authority");
        hospital.signIn(kim).bean(Issuing.class).give(asked, null, "passport seen");

        Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
        hospital.signIn(doctor).bean(Gate.class).showRetrievalKey(own.encode().exposeSecretBytes());
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);
        assertThat(hospital.real()
                        .persons()
                        .find(TestHospital.DOCTOR)
                        .orElseThrow()
                        .image())
                .contains(own.image(keys().parameters()));
    }

    @Test
    void lostAttributesStayLost() throws Exception {
        hospital.signIn(authority).bean(Attributes.class).revoke("department:cardiology", TestHospital.DOCTOR);
        assertThat(story.open(story.doctor, record, key)).isNotEqualTo(NOTE);
        done(rotations().rotate("master-key").id());

        assertThat(TransformKey.decode(hospital.b.transformKey("1", TestHospital.DOCTOR))
                        .attributes())
                .noneMatch(held -> held.toText().startsWith("department:cardiology"));
        assertThat(story.open(hospital.proven(TestHospital.DOCTOR, "doctor"), record, key))
                .isNotEqualTo(NOTE);
    }

    /** A record of format 1 gets a core and a lock of its own; the content is what it was. */
    @Test
    void aRecordOfTheFirstFormatFollows() throws Exception {
        var collection = keys().collection(TestHospital.OWNER);
        byte[] first = FormatOne.of(
                row(record).header(), collection, keys().parameters(), keys().signingKey(TestHospital.OWNER));
        hospital.a.plantHeader(record, first);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);

        done(rotations().rotate("master-key").id());
        assertThat(named(record)).isEqualTo(keys().parameters().digest());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    @Test
    void aChangeOfPolicyInTheMiddleIsUnderWhatTheRecordNames() throws Exception {
        UUID job = rotations().rotate("master-key").id();
        upTo(job, 4);
        hospital.signIn(hospital.proven(TestHospital.OWNER, "data-owner"))
                .bean(Policies.class)
                .update(record, "role:doctor");
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        done(job);
        assertThat(named(record)).isEqualTo(keys().parameters().digest());
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    @Test
    void whileItIsUnderWayBothParametersArePublishedAndTheNewerIsSigned() throws Exception {
        assertThat(published().change()).isNull();
        String present = published().digest();
        UUID job = rotations().rotate("master-key").id();
        upTo(job, 2);

        ParametersChangeView change = Objects.requireNonNull(published().change());
        assertThat(published().digest()).isEqualTo(present).isEqualTo(change.presentDigest());
        Base64.Decoder text = Base64.getDecoder();
        PublicParameters next = PublicParameters.decode(text.decode(change.next()));
        assertThat(change.nextDigest()).isEqualTo("sha-256:" + HexFormat.of().formatHex(next.digest()));
        assertThat(change.statement().lines())
                .containsExactly(
                        "sosia-parameters-1",
                        change.presentDigest().substring("sha-256:".length()),
                        change.nextDigest().substring("sha-256:".length()));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(keys().officeKey().certificate().getPublicKey());
        signature.update(change.statement().getBytes(UTF_8));
        assertThat(signature.verify(text.decode(change.signature()))).isTrue();

        upTo(job, 4);
        assertThat(published().digest()).as("what new records are sealed for").isEqualTo(change.nextDigest());
        done(job);
        assertThat(published().digest()).isEqualTo(change.nextDigest());
        assertThat(published().change()).isNull();
    }

    private ParametersView published() throws Exception {
        return hospital.signIn(story.doctor).bean(Attributes.class).parameters();
    }

    @Test
    void aCouncilsMasterKeyIsNotExchanged() throws Exception {
        CouncilStory council = new CouncilStory(hospital);
        council.council(2, "kim", "kai", "kay");
        assertThatThrownBy(() -> rotations().rotate("master-key")).isInstanceOf(MasterKeySharedException.class);
        assertThat(rotations().list()).filteredOn(each -> each.job() != null).isEmpty();
    }

    /** What a ceremony deals must not become another meanwhile. */
    @Test
    void itWaitsUntilACeremonyHasEnded() throws Exception {
        CouncilStory council = new CouncilStory(hospital);
        UUID ceremony = council.seated(2, "kim", "kai", "kay");
        UUID job = rotations().rotate("master-key").id();
        assertThat(piece(job).error()).isEqualTo("a ceremony deals the master key");
        assertThat(keys().allParameters()).hasSize(1);

        council.as("kim").abandon(ceremony);
        done(job);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }

    /** And what is being exchanged is not dealt to a council. */
    @Test
    void noCouncilTakesAMasterKeyThatIsBeingExchanged() throws Exception {
        CouncilStory council = new CouncilStory(hospital);
        UUID job = rotations().rotate("master-key").id();
        upTo(job, 3);
        assertThatThrownBy(() -> council.council(2, "kim", "kai", "kay"))
                .isInstanceOfSatisfying(
                        CeremonyRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(CeremonyRefusedException.Why.ROTATING));
        assertThat(keys().council()).isEmpty();
        done(job);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
    }
}

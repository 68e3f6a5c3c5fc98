package org.sosia.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.lane.Housekeeping;
import org.sosia.lane.TestHospital;
import org.sosia.patients.Patients;
import org.sosia.persistence.IncidentFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.policies.Policies;
import org.sosia.records.Copies;
import org.sosia.records.HeldShare;
import org.sosia.records.NotEnoughCopiesException;
import org.sosia.records.Sensitivity;
import org.sosia.retrieval.Retrieval;
import org.sosia.verification.Verification;

/** A record comes back from any two of three places, as its owner signed it, or not at all. */
class RecoveryTest {

    private CopiedHospital all;
    private TestHospital hospital;
    private Credentials owner;
    private final byte[] original = "Lithium level 0.8.\n".repeat(20_000).getBytes(UTF_8);

    @BeforeEach
    void aHospitalIsThere() throws Exception {
        all = new CopiedHospital();
        hospital = all.hospital;
        owner = all.owner;
    }

    private byte[] read(UUID record) throws Exception {
        return all.records.read(owner, record, null);
    }

    private static HeldShare held(int number, HeldShare.State state) {
        return new HeldShare(Copies.PLACES.get(number), state);
    }

    // ------------------------------------------------------------------------------------------------------- coming
    // back

    @ParameterizedTest
    @CsvSource({"MEDIUM, 0", "MEDIUM, 1", "MEDIUM, 2", "HIGH, 0", "HIGH, 1", "HIGH, 2"})
    void whateverOnePlaceLosesTheOtherTwoGiveTheRecordBack(Sensitivity sensitivity, int lost) throws Exception {
        UUID record = all.record(original, sensitivity);
        byte[] share = all.held(record, lost);
        all.lose(record, lost);
        hospital.a.loseContent(record);

        RestorationReceipt receipt = all.recover(owner, record);

        String part = sensitivity == Sensitivity.HIGH ? "first-share" : "content";
        assertThat(receipt.outcome()).isEqualTo("restored");
        assertThat(receipt.damaged()).containsExactly(part);
        assertThat(receipt.restored()).containsExactly(part, "copy:" + Copies.PLACES.get(lost));
        assertThat(receipt.from()).hasSize(2).doesNotContain(Copies.PLACES.get(lost));
        assertThat(receipt.places()).contains(held(lost, HeldShare.State.MISSING));
        assertThat(read(record)).isEqualTo(original);
        assertThat(all.held(record, lost)).isEqualTo(share);
        assertThat(all.recover(owner, record).outcome()).isEqualTo("intact");
    }

    @Test
    void aLostSecondShareComesBackToo() throws Exception {
        UUID record = all.record(original, Sensitivity.HIGH);
        UUID piece = hospital.real()
                .shelves()
                .piece(hospital.a.record(record).orElseThrow())
                .orElseThrow();
        hospital.b.dropPiece(piece);

        assertThat(all.recover(owner, record).restored()).containsExactly("second-share");
        assertThat(read(record)).isEqualTo(original);
    }

    @ParameterizedTest
    @EnumSource(
            value = Sensitivity.class,
            names = {"MEDIUM", "HIGH"})
    void aRecordWhoseRowIsLostComesBackWithEverythingInIt(Sensitivity sensitivity) throws Exception {
        UUID record = all.record(original, sensitivity);
        SealedRecord before = hospital.a.record(record).orElseThrow();
        hospital.a.loseRow(record);
        hospital.a.loseContent(record);

        RestorationReceipt receipt = all.recover(owner, record);

        assertThat(receipt.damaged()).startsWith("description").hasSize(2);
        assertThat(read(record)).isEqualTo(original);
        SealedRecord after = hospital.a.record(record).orElseThrow();
        assertThat(after.header()).isEqualTo(before.header());
        assertThat(after.metadata()).isEqualTo(before.metadata());
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.isSplit()).isEqualTo(before.isSplit());
        assertThat(hospital.a.actionsOn(record)).endsWith("RESTORE", "RECOVER", "UNWRAP");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 17_000})
    void oneFlippedBitIsMended(int at) throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        hospital.a.tamperWithContent(record, at);
        assertThat(verified(record)).isFalse();

        assertThat(all.recover(owner, record).restored()).containsExactly("content");

        assertThat(verified(record)).isTrue();
        assertThat(incidents()).contains("tampering");
    }

    private boolean verified(UUID record) throws Exception {
        return hospital.signIn(owner).bean(Verification.class).verify(record).contentIntact();
    }

    private List<String> incidents() {
        return hospital.b.incidents(new IncidentFilter(null, null, null, 100)).stream()
                .map(incident -> incident.technique())
                .toList();
    }

    @Test
    void whoWasGrantedARecordReadsItAfterwards() throws Exception {
        UUID record = all.record(original, Sensitivity.HIGH);
        Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
        String key = all.records.grant(owner, doctor, record).partialKey().orElseThrow();
        hospital.a.loseRow(record);
        hospital.a.loseContent(record);

        all.recover(hospital.proven(TestHospital.PATIENT, "patient"), record);

        assertThat(all.records.read(doctor, record, key)).isEqualTo(original);
    }

    @Test
    void theReceiptIsSignedAndSaysWhatWasDone() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        hospital.a.loseContent(record);

        RestorationReceipt receipt = all.recover(owner, record);

        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(receipt.certificate())));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(certificate);
        verifier.update(receipt.statement().getBytes(UTF_8));
        assertThat(verifier.verify(Base64.getDecoder().decode(receipt.signature())))
                .isTrue();
        assertThat(receipt.statement().lines())
                .startsWith(
                        "sosia-restoration-1", record.toString(), receipt.at().toString(), "restored")
                .contains("content", "cloud-a cloud-b", "cloud-a=GOOD cloud-b=GOOD hospital=GOOD");
        assertThat(hospital.a
                        .auditEntries(receipt.auditSequence() - 1, 1)
                        .get(0)
                        .action())
                .isEqualTo("RECOVER");
    }

    // ---------------------------------------------------------------------------------------------------------
    // refusals

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 2"})
    void onePlaceAloneGivesNothingBackAndNothingIsWritten(int one, int other) throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        all.lose(record, one);
        all.alter(record, other, 5_000);
        hospital.a.tamperWithContent(record, 99);
        hospital.a.calls.clear();

        assertThatThrownBy(() -> all.recover(owner, record))
                .isInstanceOfSatisfying(
                        NotEnoughCopiesException.class,
                        refused -> assertThat(refused.held())
                                .contains(held(one, HeldShare.State.MISSING), held(other, HeldShare.State.ALTERED)));
        assertThat(hospital.a.calls).doesNotContain("repair", "restoreRecord", "restorePiece", "keepSpare");
    }

    @Test
    void aRecordWithoutCopiesThatIsDamagedCannotComeBack() throws Exception {
        UUID record = all.record(original, Sensitivity.LOW);
        hospital.a.tamperWithContent(record, 99);

        assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(NotEnoughCopiesException.class);
        assertThat(all.files()).isEmpty();
    }

    @Test
    void nobodyButItsOwnerAndItsPatientMayAsk() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        hospital.enrol("paul", "patient", Set.of("role:patient"));
        for (Credentials other :
                List.of(hospital.proven(TestHospital.OTHER_OWNER, "data-owner"), hospital.proven("paul", "patient"))) {
            assertThatThrownBy(() -> all.recover(other, record)).isInstanceOf(NoSuchRecordException.class);
        }
        // Nor by being written into the row in her place.
        SealedRecord row = hospital.a.record(record).orElseThrow();
        hospital.a.plant(new SealedRecord(
                row.id(),
                row.patient(),
                TestHospital.OTHER_OWNER,
                row.version(),
                row.state(),
                row.createdAt(),
                row.updatedAt(),
                row.sealedBytes(),
                row.metadata(),
                row.header(),
                row.attempt(),
                null));
        assertThatThrownBy(() -> all.recover(hospital.proven(TestHospital.OTHER_OWNER, "data-owner"), record))
                .isInstanceOf(NoSuchRecordException.class);
        assertThat(all.recover(owner, record).restored()).containsExactly("description");
    }

    @Test
    void whatItsOwnerDeletedDoesNotComeBack() throws Exception {
        UUID record = all.record(original, Sensitivity.HIGH);

        hospital.signIn(owner).bean(Retrieval.class).delete(record);

        assertThat(all.files()).isEmpty();
        assertThat(hospital.a.recordsKept()).isZero();
        assertThat(hospital.b.recordsKept()).isZero();
        assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(NoSuchRecordException.class);
    }

    @Test
    void aPatientsDeletionReachesTheCopies() throws Exception {
        all.record(original, Sensitivity.HIGH);
        all.record(original, Sensitivity.MEDIUM);

        hospital.signIn(owner).bean(Patients.class).delete(all.patient);

        assertThat(all.files()).isEmpty();
        assertThat(hospital.a.recordsKept()).isZero();
        assertThat(hospital.b.recordsKept()).isZero();
    }

    // ---------------------------------------------------------------------------------------------------- older
    // versions

    private void otherPolicy(UUID record) throws Exception {
        hospital.signIn(owner).bean(Policies.class).update(record, "role:doctor and department:oncology");
    }

    private void workOff() {
        hospital.bean(Copying.class).workOff(hospital.real(), () -> true);
    }

    @Test
    void copiesFollowTheRecordsHeader() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        otherPolicy(record);
        byte[] newest = hospital.a.record(record).orElseThrow().header();
        assertThat(hospital.a.staleSpares(10)).containsExactly(record);
        workOff();
        assertThat(hospital.a.staleSpares(10)).isEmpty();
        hospital.a.loseRow(record);

        all.recover(owner, record);

        assertThat(hospital.a.record(record).orElseThrow().header()).isEqualTo(newest);
    }

    @Test
    void aPlaceThatPutsAnOlderLabelBackIsNamedAndNotBelieved() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        UUID share = all.share(record, 1);
        SealedRecord older = hospital.b.recordInAnyState(share).orElseThrow();
        otherPolicy(record);
        workOff();
        byte[] newest = hospital.a.record(record).orElseThrow().header();
        hospital.b.plant(older);
        hospital.a.loseRow(record);
        hospital.a.loseContent(record);

        RestorationReceipt receipt = all.recover(owner, record);

        assertThat(receipt.places()).contains(held(1, HeldShare.State.OUTDATED));
        assertThat(receipt.restored()).contains("copy:cloud-b");
        assertThat(hospital.a.record(record).orElseThrow().header()).isEqualTo(newest);
        assertThat(all.recover(owner, record).outcome()).isEqualTo("intact");
    }

    @Test
    void aStoreThatPutsAnOlderRowBackIsFoundOutAndCorrected() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        SealedRecord older = hospital.a.record(record).orElseThrow();
        otherPolicy(record);
        workOff();
        hospital.a.plant(older);

        RestorationReceipt receipt = all.recover(owner, record);

        assertThat(receipt.damaged()).containsExactly("description");
        assertThat(Header.decode(hospital.a.record(record).orElseThrow().header())
                        .policy())
                .isEqualTo(AccessPolicy.parse("role:doctor and department:oncology"));
    }

    // ------------------------------------------------------------------------------------------------------
    // interruptions

    @Test
    void whatWasInterruptedGoesOn() throws Exception {
        UUID record = all.record(original, Sensitivity.HIGH);
        hospital.a.loseRow(record);
        hospital.a.loseContent(record);
        hospital.b.dropPiece(all.share(record, 1));
        for (String step : List.of("repair", "restoreRecord")) {
            hospital.a.failing = step;
            assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(RuntimeException.class);
        }
        hospital.a.failing = "freshSpare";
        hospital.b.failing = "restorePiece";
        assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(RuntimeException.class);
        hospital.b.failing = null;
        assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(RuntimeException.class);
        hospital.a.failing = null;

        all.recover(owner, record);

        assertThat(read(record)).isEqualTo(original);
        assertThat(all.recover(owner, record).outcome()).isEqualTo("intact");
    }

    @Test
    void aSilentPlaceIsNamedAndWaitsForTheNextTime() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        hospital.a.tamperWithContent(record, 99);
        all.alter(record, 2, 4_000);

        assertThat(all.recover(owner, record).places())
                .containsExactly(
                        held(0, HeldShare.State.GOOD), held(1, HeldShare.State.GOOD), held(2, HeldShare.State.ALTERED));
        hospital.a.away = true;
        assertThatThrownBy(() -> all.recover(owner, record)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void copiesThatCouldNotBeMadeAreMadeLater() throws Exception {
        hospital.a.failing = "keepSpare";
        UUID record = all.record(original, Sensitivity.MEDIUM);
        assertThat(hospital.a.spare(record)).isEmpty();
        hospital.a.failing = null;
        hospital.clock.pass(Duration.ofMinutes(1));

        workOff();

        assertThat(all.recover(owner, record).places()).allMatch(share -> share.state() == HeldShare.State.GOOD);
        // Nothing is left of the attempt that broke off: two files of a share each, and which attempt it was, in either
        // hospital.
        assertThat(all.files()).hasSize(6);
    }

    @Test
    void sharesOfAnAttemptThatBrokeOffAreSweptAndTheOthersStay() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        UUID kept = all.share(record, 1);
        hospital.b.loosenPiece(kept);
        hospital.a.loosenPiece(all.share(record, 0));
        int pieces = hospital.a.pieces().size();
        hospital.clock.pass(Duration.ofHours(1));

        hospital.bean(Housekeeping.class).sweep(hospital.clock.instant());
        assertThat(hospital.a.pieces()).hasSize(pieces);

        hospital.a.dropSpare(record);
        hospital.b.loosenPiece(kept);
        hospital.clock.pass(Duration.ofHours(1));
        hospital.bean(Housekeeping.class).sweep(hospital.clock.instant());
        assertThat(hospital.b.recordInAnyState(kept)).isEmpty();
    }

    @Test
    void copiesThatAreBeyondMendingAreMadeAnewOfARecordThatIsWhole() throws Exception {
        UUID record = all.record(original, Sensitivity.HIGH);
        all.lose(record, 0);
        all.alter(record, 1, 2_000);

        assertThat(all.recover(owner, record).restored()).containsExactly("copies");

        hospital.a.loseContent(record);
        all.recover(owner, record);
        assertThat(read(record)).isEqualTo(original);
    }

    // -------------------------------------------------------------------------------------------------------- both
    // lanes

    @Test
    void whoIsNotProvenRecoversTheDoubleAndAsksNothingOfCloudA() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        byte[] twin = all.records.read(low, record, null);
        hospital.b.loseContent(record);
        hospital.a.calls.clear();

        RestorationReceipt receipt = all.recover(low, record);

        assertThat(receipt.restored()).containsExactly("content");
        assertThat(receipt.places()).allMatch(share -> share.state() == HeldShare.State.GOOD);
        assertThat(all.records.read(low, record, null)).isEqualTo(twin);
        assertThat(hospital.a.calls).isEmpty();
    }

    @Test
    void whoeverWatchesIsToldHowItEnded() throws Exception {
        UUID record = all.record(original, Sensitivity.MEDIUM);
        hospital.a.loseContent(record);
        Recovery recovery = hospital.signIn(owner).bean(Recovery.class);
        assertThat(recovery.state(record)).isEmpty();

        recovery.begin(record);

        RecoveryState ended = recovery.state(record).orElseThrow();
        assertThat(ended.phase()).isEqualTo(RecoveryState.Phase.DONE);
        assertThat(Objects.requireNonNull(ended.receipt()).restored()).containsExactly("content");
        assertThat(hospital.signIn(hospital.proven(TestHospital.OTHER_OWNER, "data-owner"))
                        .bean(Recovery.class)
                        .state(record))
                .isEmpty();
    }
}

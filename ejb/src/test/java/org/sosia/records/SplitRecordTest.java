package org.sosia.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.decoy.RecordKind;
import org.sosia.forging.Later;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Housekeeping;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.patients.Patients;
import org.sosia.persistence.IncidentFilter;
import org.sosia.persistence.MemoryCloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.policies.Policies;
import org.sosia.retrieval.ByteRange;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.Approval;
import org.sosia.verification.Verification;

/** What is highly sensitive lies half at either cloud, from the first byte to its deletion. */
class SplitRecordTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
    private final byte[] original = "HIV positive since 2019.\n".repeat(12_000).getBytes(UTF_8);
    private UUID patient = new UUID(0, 0);

    @BeforeEach
    void aPatientIsThere() throws Exception {
        patient = records.patient(owner, TestHospital.PATIENT);
    }

    private UUID upload() throws Exception {
        return records.record(owner, patient, original, Sensitivity.HIGH);
    }

    private Retrieval as(Credentials who) {
        return hospital.signIn(who).bean(Retrieval.class);
    }

    private SealedRecord row(MemoryCloud cloud, UUID record) {
        return cloud.recordInAnyState(record).orElseThrow();
    }

    private UUID pieceOf(UUID record) {
        return hospital.real().shelves().piece(row(hospital.a, record)).orElseThrow();
    }

    private void sweep() {
        hospital.clock.pass(Duration.ofHours(1));
        hospital.bean(Housekeeping.class).sweep(hospital.clock.instant().minus(Duration.ofMinutes(15)));
    }

    private List<String> incidents() {
        return hospital.b.incidents(new IncidentFilter(null, null, null, 100)).stream()
                .map(incident -> incident.technique())
                .toList();
    }

    // --------------------------------------------------------------------------------------------------------- reading

    @Test
    void eachCloudKeepsAboutHalfAndTheOwnerReadsTheWhole() throws Exception {
        UUID record = upload();

        SealedRecord row = row(hospital.a, record);
        assertThat(hospital.a.content(record).length())
                .isEqualTo(Splitting.BOTH.shareLength(row.sealedBytes()))
                .isLessThan(row.sealedBytes() * 51 / 100);
        assertThat(hospital.b.content(pieceOf(record)).length())
                .isEqualTo(hospital.a.content(record).length());
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    @Test
    void whatIsLessSensitiveStaysWhole() throws Exception {
        UUID record = records.record(owner, patient, original, Sensitivity.MEDIUM);

        assertThat(row(hospital.a, record).isSplit()).isFalse();
        assertThat(hospital.b.pieces()).isEmpty();
        assertThat(hospital.real().shelves().piece(row(hospital.a, record))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "65535,2", "131071,2", "131072,131072", "299999,1", "1234,200000"})
    void aRangeIsTheSamePartOfIt(int from, int length) throws Exception {
        UUID record = upload();

        try (InputStream body = as(owner)
                .open(record, null, new ByteRange(from, from + length - 1L))
                .body()) {
            assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(original, from, from + length));
        }
    }

    @Test
    void aDoctorReadsItWithAKeyAndItsDoubleWithout() throws Exception {
        UUID record = upload();
        Approval approval = records.grant(owner, doctor, record);

        assertThat(records.read(doctor, record, approval.partialKey().orElseThrow()))
                .isEqualTo(original);
        byte[] twin = records.read(doctor, record, null);
        assertThat(twin).isNotEqualTo(original).isNotEmpty();
        try (InputStream body =
                as(doctor).open(record, null, new ByteRange(10, 99)).body()) {
            assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(twin, 10, 100));
        }
    }

    @Test
    void theDoubleIsSplitTooAndReadingItAsksNothingOfCloudA() throws Exception {
        UUID record = upload();
        hospital.a.calls.clear();

        records.read(low, record, null);

        assertThat(hospital.a.calls).isEmpty();
        assertThat(row(hospital.b, record).isSplit()).isTrue();
        assertThat(hospital.b.pieces()).hasSize(2);
    }

    /** The same steps cost the same: as many reads of content, of the same kind, on either way. */
    @Test
    void aDoubleIsReadByTheSameNumberOfStepsAsItsOriginal() throws Exception {
        UUID record = upload();
        hospital.a.calls.clear();
        hospital.b.calls.clear();
        records.read(owner, record, null);
        long original = contentReads(hospital.a) + contentReads(hospital.b);
        hospital.b.calls.clear();
        records.read(low, record, null);

        assertThat(contentReads(hospital.b)).isEqualTo(original).isEqualTo(2);
    }

    private static long contentReads(MemoryCloud cloud) {
        return cloud.calls.stream().filter("content"::equals).count();
    }

    @Test
    void anOldRecordThatWasCalledHighlySensitiveBeforeIsReadAsItLies() throws Exception {
        UUID record = UUID.randomUUID();
        Hospital real = hospital.real();
        try (RecordSealer sealer = RecordSealer.begin(
                real.shelves(),
                record,
                patient,
                TestHospital.OWNER,
                Sensitivity.LOW,
                AccessPolicy.parse(TestHospital.POLICY),
                hospital.clock.instant())) {
            sealer.content().write(original);
            sealer.finish(
                    new RecordFacts(
                            patient,
                            RecordKind.NOTE,
                            Sensitivity.HIGH,
                            "text/plain",
                            "",
                            "n.txt",
                            "n.txt",
                            LocalDate.EPOCH,
                            List.of(),
                            false),
                    RecordState.READY,
                    real.event(owner, "SEAL", record, Map.of()),
                    List.of());
        }

        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    @Test
    void anotherPolicyTouchesNeitherShare() throws Exception {
        UUID record = upload();
        byte[] second =
                hospital.b.content(pieceOf(record)).read(0, Long.MAX_VALUE).readAllBytes();

        hospital.signIn(owner).bean(Policies.class).update(record, "role:doctor and department:oncology");

        assertThat(hospital.b.content(pieceOf(record)).read(0, Long.MAX_VALUE).readAllBytes())
                .isEqualTo(second);
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    // ----------------------------------------------------------------------------------------------------- bad shares

    private void isRefusedAndReported(UUID record) {
        assertThatThrownBy(() -> records.read(owner, record, null))
                .satisfiesAnyOf(
                        told -> assertThat(told).isInstanceOf(IntegrityException.class),
                        broken -> assertThat(broken).hasCauseInstanceOf(java.io.IOException.class));
        assertThat(incidents()).containsExactly("tampering");
    }

    @Test
    void aLostSecondShareIsNoOutage() throws Exception {
        UUID record = upload();
        hospital.b.dropPiece(pieceOf(record));

        isRefusedAndReported(record);
    }

    @Test
    void aLostFirstShareIsNoOutage() throws Exception {
        UUID record = upload();
        hospital.a.loseContent(record);

        isRefusedAndReported(record);
    }

    @Test
    void sharesOfTwoRecordsDoNotMerge() throws Exception {
        UUID record = upload();
        UUID other = upload();
        hospital.b.swapContents(pieceOf(record), pieceOf(other));

        isRefusedAndReported(record);
    }

    @Test
    void firstSharesOfTwoRecordsCannotBeExchanged() throws Exception {
        UUID record = upload();
        UUID other = upload();
        hospital.a.swapContents(record, other);

        isRefusedAndReported(record);
    }

    @Test
    void aShareCutShortIsFoundBeforeAByteIsReleased() throws Exception {
        UUID record = upload();
        hospital.b.truncateContent(pieceOf(record), 1);

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(IntegrityException.class);
        assertThat(incidents()).containsExactly("tampering");
    }

    @ParameterizedTest
    @CsvSource({"A,0", "A,30", "A,60", "A,100", "A,150000", "B,0", "B,7", "B,60", "B,100", "B,150000"})
    void aChangedByteOfEitherShareIsFound(String cloud, int at) throws Exception {
        UUID record = upload();
        if (cloud.equals("A")) {
            hospital.a.tamperWithContent(record, at);
        } else {
            hospital.b.tamperWithContent(pieceOf(record), at);
        }

        isRefusedAndReported(record);
    }

    @ParameterizedTest
    @CsvSource({"A", "B"})
    void verificationNamesTheDamagedShare(String cloud) throws Exception {
        UUID record = upload();
        assertThat(hospital.signIn(owner)
                        .bean(Verification.class)
                        .verify(record)
                        .contentIntact())
                .isTrue();
        if (cloud.equals("A")) {
            hospital.a.tamperWithContent(record, 100);
        } else {
            hospital.b.tamperWithContent(pieceOf(record), 100);
        }

        assertThat(hospital.signIn(owner)
                        .bean(Verification.class)
                        .verify(record)
                        .contentIntact())
                .isFalse();
        Hospital real = hospital.real();
        assertThat(real.shelves().damagedShare(ShelvedRecord.read(real.keys(), row(hospital.a, record))))
                .contains(cloud.equals("A") ? "first" : "second");
        assertThat(incidents()).containsExactly("tampering");
    }

    @Test
    void anOutageOfTheOtherCloudIsToldAsOne() throws Exception {
        UUID record = upload();
        hospital.b.failing = "content";

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isNotInstanceOf(IntegrityException.class);
        hospital.b.failing = null;
        assertThat(incidents()).isEmpty();
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    // -------------------------------------------------------------------------------------------- writes that break
    // off

    @ParameterizedTest
    @CsvSource({
        "A,beginRecord",
        "A,appendContent",
        "A,commitRecord",
        "A,abandonRecord",
        "B,beginRecord",
        "B,appendContent",
        "B,keepPiece",
        "B,abandonRecord"
    })
    void whateverStepFailsNothingIsVisibleAndNothingStays(String cloud, String step) throws Exception {
        MemoryCloud failing = cloud.equals("A") ? hospital.a : hospital.b;
        failing.failing = step;
        if (step.equals("abandonRecord")) {
            hospital.b.room = 1_000;
        }

        assertThatThrownBy(this::upload).isInstanceOf(StoreUnavailableException.class);
        assertThat(as(owner).list(patient, null, null, 10).items()).isEmpty();

        failing.failing = null;
        hospital.b.room = Long.MAX_VALUE;
        sweep();
        sweep();
        assertThat(hospital.a.recordsKept()).as("kept at A").isZero();
        assertThat(hospital.b.recordsKept()).as("kept at B").isZero();
    }

    @Test
    void aRecordWhoseAcknowledgementWasLostKeepsItsSecondShare() throws Exception {
        hospital.a.losing = "commitRecord";
        assertThatThrownBy(this::upload).isInstanceOf(StoreUnavailableException.class);
        hospital.a.losing = null;

        sweep();
        Later.workOff(hospital);
        sweep();

        UUID record = as(owner).list(patient, null, null, 10).items().get(0).id();
        assertThat(row(hospital.b, pieceOf(record)).state()).isEqualTo(RecordState.BOUND);
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    @Test
    void theSweeperBindsWhatBelongsToARecordOfEitherHospital() throws Exception {
        UUID record = upload();
        assertThat(hospital.b.pieces()).hasSize(2).allMatch(piece -> piece.state() == RecordState.PIECE);

        sweep();

        assertThat(hospital.b.pieces()).hasSize(2).allMatch(piece -> piece.state() == RecordState.BOUND);
        assertThat(records.read(owner, record, null)).isEqualTo(original);
        assertThat(records.read(low, record, null)).isNotEmpty();
    }

    @Test
    void theSweeperLeavesWhatItCannotAskAbout() throws Exception {
        upload();
        hospital.a.away = true;
        hospital.clock.pass(Duration.ofHours(1));

        hospital.bean(Housekeeping.class).sweep(hospital.clock.instant());

        assertThat(hospital.b.pieces()).hasSize(2);
    }

    // ---------------------------------------------------------------------------------------------------------
    // deletion

    @Test
    void deletionReachesBothSharesOfBothHospitals() throws Exception {
        UUID record = upload();
        sweep();

        as(owner).delete(record);

        assertThat(hospital.a.recordsKept()).isZero();
        assertThat(hospital.b.recordsKept()).isZero();
    }

    @Test
    void deletionThatCannotReachTheOtherCloudIsDoneLater() throws Exception {
        UUID record = upload();
        hospital.b.failing = "dropPiece";
        as(owner).delete(record);
        assertThat(hospital.a.recordsKept()).isZero();

        hospital.b.failing = null;
        hospital.clock.pass(Duration.ofMinutes(1));
        Later.workOff(hospital);

        assertThat(hospital.b.recordsKept()).isZero();
        assertThat(hospital.a.pendingTasks()).isZero();
    }

    @Test
    void aPatientsDeletionReachesThemToo() throws Exception {
        upload();
        upload();

        hospital.signIn(owner).bean(Patients.class).delete(patient);

        assertThat(hospital.a.recordsKept()).isZero();
        assertThat(hospital.b.recordsKept()).isZero();
    }

    @Test
    void whatAnIntruderHandsInIsSplitAndDeletedWithinTheTwin() throws Exception {
        UUID theirs = records.patient(low, "nobody");
        hospital.a.calls.clear();
        UUID record = records.record(low, theirs, original, Sensitivity.HIGH);
        assertThat(records.read(low, record, null)).isEqualTo(original);
        sweepOnlyB();

        as(low).delete(record);

        assertThat(hospital.b.recordsKept()).isZero();
        assertThat(hospital.a.calls).doesNotContain("beginRecord", "content", "deleteRecord");
    }

    private void sweepOnlyB() {
        hospital.clock.pass(Duration.ofHours(1));
        hospital.b
                .loosePieces(hospital.clock.instant())
                .forEach(piece ->
                        assertThat(hospital.twin().shelves().settle(piece)).isTrue());
    }
}

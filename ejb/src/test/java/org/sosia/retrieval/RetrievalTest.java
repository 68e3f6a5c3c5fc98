package org.sosia.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.IncidentFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Sharing;

/** Who gets the original, who the double, who an honest error; and what stands in the audit chain before. */
class RetrievalTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final byte[] original =
            "Blood pressure 120/80, no murmur.\n".repeat(2_000).getBytes(UTF_8);
    private UUID patient = new UUID(0, 0);
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        patient = records.patient(owner, TestHospital.PATIENT);
        record = records.record(owner, patient, original);
    }

    private Retrieval as(Credentials who) {
        return hospital.signIn(who).bean(Retrieval.class);
    }

    private int incidents() {
        return hospital.b.incidents(new IncidentFilter(null, null, null, 100)).stream()
                .mapToInt(incident -> 1)
                .sum();
    }

    private static String wrongKey() {
        return PartialKey.random().revealText();
    }

    // -------------------------------------------------------------------------------------------------- who gets what

    @Test
    void theOwnerReadsWhatSheHandedIn() throws Exception {
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    @Test
    void thePatientReadsHisOwn() throws Exception {
        Credentials himself = hospital.proven(TestHospital.PATIENT, "patient");

        assertThat(records.read(himself, record, null)).isEqualTo(original);
        assertThat(as(himself).list(null, null, null, 10).items()).hasSize(1);
        assertThat(as(himself).get(record).access()).isEqualTo(Access.OWN);
    }

    @Test
    void anotherPatientKnowsOfNothing() throws Exception {
        hospital.enrol("paul", "patient", java.util.Set.of());
        Credentials paul = hospital.proven("paul", "patient");

        assertThatThrownBy(() -> as(paul).open(record, null, null)).isInstanceOf(NoSuchRecordException.class);
        assertThat(as(paul).list(null, null, null, 10).items()).isEmpty();
        assertThat(as(paul).list(patient, null, null, 10).items()).isEmpty();
    }

    @Test
    void aDoctorWithTheKeyReadsTheOriginal() throws Exception {
        Approval approval = records.grant(owner, doctor, record);

        assertThat(records.read(doctor, record, approval.partialKey().orElseThrow()))
                .isEqualTo(original);
        assertThat(as(doctor).get(record).access()).isEqualTo(Access.GRANTED);
    }

    @Test
    void aDoctorWithoutAKeyGetsTheDoubleSilently() throws Exception {
        byte[] twin = records.read(doctor, record, null);

        assertThat(twin).isNotEqualTo(original).isNotEmpty();
        assertThat(incidents()).isZero();
    }

    @Test
    void aLowSignInGetsTheDoubleWhateverItKnows() throws Exception {
        Approval approval = records.grant(owner, doctor, record);
        Credentials low = hospital.low(TestHospital.DOCTOR, "doctor");

        assertThat(records.read(low, record, approval.partialKey().orElseThrow()))
                .isNotEqualTo(original);
        assertThat(records.read(hospital.low(TestHospital.OWNER, "data-owner"), record, null))
                .isNotEqualTo(original);
    }

    @Test
    void aDoubleLeavesNoUnwrappingBehindAtCloudA() throws Exception {
        records.read(doctor, record, null);
        records.read(doctor, record, wrongKey());

        assertThat(hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
        assertThat(hospital.b.actionsOn(record)).contains("UNWRAP");
    }

    @Test
    void theAuditEntryComesBeforeTheContent() throws Exception {
        hospital.a.failing = "audit";

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(RuntimeException.class);
        hospital.a.failing = null;
        as(owner).open(record, null, null);

        assertThat(hospital.a.actionsOn(record)).contains("UNWRAP");
    }

    @Test
    void bothLanesAnswerWithTheSameFacts() throws Exception {
        var real = as(owner).open(record, null, null);
        var twin = as(doctor).open(record, null, null);

        assertThat(twin.etag()).isEqualTo(real.etag());
        assertThat(twin.fileName()).isEqualTo(real.fileName());
        assertThat(twin.mediaType()).isEqualTo(real.mediaType());
    }

    @Test
    void whatIsShownOfARecordFitsTheContentThatWouldCome() throws Exception {
        RecordView seen = as(doctor).get(record);

        assertThat(seen.digest()).isEqualTo("sha-256:" + sha256(records.read(doctor, record, null)));
        assertThat(as(owner).get(record).digest()).isEqualTo("sha-256:" + sha256(original));
        assertThat(as(doctor).list(patient, "note", null, 10).items()).containsExactly(seen);
        assertThat(as(doctor).list(patient, "lab", null, 10).items()).isEmpty();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    // -------------------------------------------------------------------------------------------------- partial keys

    @Test
    void aMistypedKeyIsToldAnyNumberOfTimesAndReportedNever() throws Exception {
        String key = records.grant(owner, doctor, record).partialKey().orElseThrow();
        String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("7") ? '8' : '7');

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> as(doctor).open(record, mistyped, null)).isInstanceOf(TypingErrorException.class);
        }

        assertThat(incidents()).isZero();
        assertThat(records.read(doctor, record, key)).isEqualTo(original);
    }

    @Test
    void aWrongKeyGetsTheDoubleAndOneIncident() throws Exception {
        assertThat(records.read(doctor, record, wrongKey())).isNotEqualTo(original);
        assertThat(records.read(doctor, record, wrongKey())).isNotEqualTo(original);

        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void threeWrongKeysMoveTheSessionIntoTheTwinAndNoOther() throws Exception {
        String key = records.grant(owner, doctor, record).partialKey().orElseThrow();
        for (int i = 0; i < 3; i++) {
            records.read(doctor, record, wrongKey());
        }

        assertThat(records.read(doctor, record, key)).isNotEqualTo(original);
        assertThat(records.read(TestHospital.in(doctor, "elsewhere"), record, key))
                .isEqualTo(original);
    }

    @Test
    void revocationHoldsAtOnceAndAnHonestPersonIsNotReported() throws Exception {
        Approval approval = records.grant(owner, doctor, record);
        assertThat(records.read(doctor, record, approval.partialKey().orElseThrow()))
                .isEqualTo(original);

        hospital.signIn(owner).bean(Sharing.class).revoke(approval.grant());

        for (int i = 0; i < 5; i++) {
            assertThat(records.read(doctor, record, approval.partialKey().orElseThrow()))
                    .isNotEqualTo(original);
        }
        assertThat(incidents()).isZero();
        assertThat(as(doctor).get(record).access()).isEqualTo(Access.NONE);
    }

    @Test
    void anApprovalThatExpiredOpensNothingAndReportsNobody() throws Exception {
        Approval approval = records.grant(owner, doctor, record);
        hospital.clock.pass(Duration.ofHours(9));
        Credentials later = hospital.proven(TestHospital.DOCTOR, "doctor");

        assertThat(records.read(later, record, approval.partialKey().orElseThrow()))
                .isNotEqualTo(original);
        assertThat(incidents()).isZero();
    }

    @Test
    void attributesThatDoNotSatisfyThePolicyDoNotOpenEvenWithAGrant() throws Exception {
        Credentials oncologist = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
        Approval approval = records.grant(owner, oncologist, record);

        assertThat(records.read(oncologist, record, approval.partialKey().orElseThrow()))
                .isNotEqualTo(original);
        assertThat(incidents()).isZero();
    }

    @Test
    void twoApprovalsBothOpen() throws Exception {
        Approval one = records.grant(owner, doctor, record);
        Approval other = records.grant(owner, doctor, record);

        assertThat(records.read(doctor, record, one.partialKey().orElseThrow())).isEqualTo(original);
        assertThat(records.read(doctor, record, other.partialKey().orElseThrow()))
                .isEqualTo(original);
    }

    // --------------------------------------------------------------------------------------------------------- ranges

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 16383", "16383, 16384", "20000, 36500", "-1, 0", "-5000, 0", "67000, 9999999"})
    void aRangeIsThatPartOfTheOriginal(long from, long to) throws Exception {
        RecordContent part = as(owner).open(record, null, new ByteRange(from, to));

        int first = (int) (from < 0 ? original.length + from : from);
        int last = (int) (from < 0 ? original.length - 1 : Math.min(to, original.length - 1));
        assertThat(part.body().readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(original, first, last + 1));
        assertThat(part.from()).isEqualTo(first);
        assertThat(part.length()).isEqualTo(last - first + 1);
        assertThat(part.size()).isEqualTo(original.length);
    }

    @Test
    void aRangeBeyondTheEndIsToldWithTheSize() {
        assertThatThrownBy(() -> as(owner).open(record, null, new ByteRange(original.length, ByteRange.TO_THE_END)))
                .isInstanceOfSatisfying(
                        RangeNotSatisfiableException.class,
                        refused -> assertThat(refused.size()).isEqualTo(original.length));
    }

    // ------------------------------------------------------------------------------------------------- tampered stores

    @Test
    void everyChangedByteOfTheContentIsFoundBeforeItIsReleased() throws Exception {
        int stored = (int) hospital.a.content(record).length();
        Random seeded = new Seeded(4711);
        for (int i = 0; i < 60; i++) {
            int at = i < 60 / 2 ? i : seeded.nextInt(stored);
            hospital.a.tamperWithContent(record, at);

            assertThatThrownBy(() -> {
                        try (InputStream body =
                                as(owner).open(record, null, null).body()) {
                            assertThat(body.readAllBytes()).isNotEqualTo(original);
                        }
                    })
                    .as("byte %d of %d, seed 4711", at, stored)
                    .isInstanceOfAny(IntegrityException.class, java.io.IOException.class);
            hospital.a.tamperWithContent(record, at);
        }
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    /** A repeatable choice; nothing secret hangs on it. */
    private static final class Seeded extends Random {

        private static final long serialVersionUID = 1L;

        Seeded(long seed) {
            super(seed);
        }
    }

    @Test
    void contentThatWasCutShortIsAnErrorFromTheStartAndReported() {
        hospital.a.truncateContent(record, 1);

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(IntegrityException.class);
        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void aLaterChunkThatWasChangedEndsTheContentAndIsReported() throws Exception {
        hospital.a.tamperWithContent(record, (int) hospital.a.content(record).length() - 1);

        try (InputStream body = as(owner).open(record, null, null).body()) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(java.io.IOException.class);
        }
        assertThat(incidents()).isEqualTo(1);
    }

    /** Else whoever runs cloud A could give one patient another's record. */
    @Test
    void aRecordPutIntoAnotherPatientsFileIsRefusedAndReported() {
        SealedRecord mine = hospital.a.record(record).orElseThrow();
        hospital.a.plant(new SealedRecord(
                mine.id(),
                new UUID(7, 7),
                mine.owner(),
                mine.version(),
                mine.state(),
                mine.createdAt(),
                mine.updatedAt(),
                mine.sealedBytes(),
                mine.metadata(),
                mine.header(),
                mine.attempt(),
                null));

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(IntegrityException.class);
        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void metadataOfAnotherRecordIsRefusedAndReported() throws Exception {
        UUID other = records.record(owner, patient, "another".getBytes(UTF_8));
        SealedRecord mine = hospital.a.record(record).orElseThrow();
        SealedRecord its = hospital.a.record(other).orElseThrow();
        hospital.a.plant(mixed(mine, its.metadata(), mine.header()));

        assertThatThrownBy(() -> as(owner).get(record)).isInstanceOf(IntegrityException.class);
        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(IntegrityException.class);
        assertThat(incidents()).isEqualTo(1);
        hospital.a.plant(mixed(mine, its.metadata(), its.header()));
        assertThatThrownBy(() -> as(owner).get(record)).isInstanceOf(IntegrityException.class);
    }

    private static SealedRecord mixed(SealedRecord row, byte[] metadata, byte[] header) {
        return new SealedRecord(
                row.id(),
                row.patient(),
                row.owner(),
                row.version(),
                row.state(),
                row.createdAt(),
                row.updatedAt(),
                row.sealedBytes(),
                metadata,
                header,
                row.attempt(),
                null);
    }

    @Test
    void aDoubleInPlaceOfTheOriginalIsRefused() {
        SealedRecord twin = hospital.b.record(record).orElseThrow();
        hospital.a.plant(twin);

        assertThatThrownBy(() -> as(owner).open(record, null, null)).isInstanceOf(IntegrityException.class);
    }

    @Test
    void aTamperedRecordStaysInTheListAndSaysSo() throws Exception {
        records.record(owner, patient, "another".getBytes(UTF_8));
        SealedRecord mine = hospital.a.record(record).orElseThrow();
        byte[] header = mine.header().clone();
        header[header.length / 2] ^= 1;
        hospital.a.plant(mixed(mine, mine.metadata(), header));

        List<RecordView> listed = as(owner).list(patient, null, null, 10).items();

        assertThat(listed).hasSize(2);
        assertThat(listed)
                .filteredOn(view -> !view.signature().valid())
                .singleElement()
                .extracting(RecordView::id)
                .isEqualTo(record);
    }

    @Test
    void aProvenPersonNeverGetsADoubleForAFailureOfOurs() throws Exception {
        String key = records.grant(owner, doctor, record).partialKey().orElseThrow();
        for (String step : List.of("record", "requests", "transform", "convert", "audit", "person")) {
            hospital.a.failing = step;
            hospital.b.failing = step.equals("transform") ? step : null;

            assertThatThrownBy(() -> records.read(doctor, record, key)).as(step).isInstanceOf(RuntimeException.class);
        }
        hospital.a.failing = null;
        hospital.b.failing = null;
        assertThat(records.read(doctor, record, key)).isEqualTo(original);
    }

    // -------------------------------------------------------------------------------------------------------- deletion

    @Test
    void aDeletedRecordIsGoneForEverybody() throws Exception {
        String key = records.grant(owner, doctor, record).partialKey().orElseThrow();

        as(owner).delete(record);

        assertThatThrownBy(() -> as(owner).get(record)).isInstanceOf(NoSuchRecordException.class);
        assertThatThrownBy(() -> as(doctor).open(record, key, null)).isInstanceOf(NoSuchRecordException.class);
        assertThat(hospital.b.record(record)).isEmpty();
    }

    @Test
    void whatAnIntruderDeletesDisappearsForHerAlone() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");

        as(low).delete(record);

        assertThatThrownBy(() -> as(low).get(record)).isInstanceOf(NoSuchRecordException.class);
        assertThat(as(low).list(null, null, null, 10).items()).isEmpty();
        assertThat(records.read(owner, record, null)).isEqualTo(original);
        assertThat(records.read(doctor, record, null)).as("the double").isNotEmpty();
    }

    @Test
    void theOperatorSeesTheSealedFormAlone() throws Exception {
        hospital.enrol("carl", "cloud-operator", java.util.Set.of());

        SealedView sealed = as(hospital.proven("carl", "cloud-operator")).envelope(record);

        assertThat(sealed.policy()).isEqualTo(TestHospital.POLICY);
        assertThat(sealed.signature().valid()).isTrue();
        assertThat(sealed.toString()).doesNotContain("note.txt").doesNotContain("Asha");
    }

    @Test
    void anOwnerSeesTheSealedFormOfHerOwnRecordsAlone() throws Exception {
        var other = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        assertThat(as(owner).ownEnvelope(record).policy()).isEqualTo(TestHospital.POLICY);
        assertThatThrownBy(() -> as(other).ownEnvelope(record)).isInstanceOf(NoSuchRecordException.class);
    }

    @Test
    void listsPageByCursorWithoutGapOrRepetition() throws Exception {
        for (int i = 0; i < 6; i++) {
            hospital.clock.pass(Duration.ofSeconds(1));
            records.record(owner, patient, ("note " + i).getBytes(UTF_8));
        }

        var seen = new java.util.ArrayList<UUID>();
        String after = null;
        do {
            var page = as(owner).list(null, null, after, 3);
            page.items().forEach(view -> seen.add(view.id()));
            after = page.next();
        } while (after != null);

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }
}

package org.sosia.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.lane.Housekeeping;
import org.sosia.lane.Outbox;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.patients.PatientDetails;
import org.sosia.patients.Patients;
import org.sosia.persistence.RecordState;
import org.sosia.records.Sensitivity;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.Retrieval;

/** What an acknowledgement means, and what is left of an upload that fails at each of its steps. */
class UploadTest {

    private static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);

    private final TestHospital hospital = new TestHospital();
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private UUID patient = new UUID(0, 0);

    @BeforeEach
    void aPatientIsThere() throws InvalidValueException {
        patient = patientOf(owner);
    }

    private UUID patientOf(Credentials who) throws InvalidValueException {
        var details = new PatientDetails("Asha Rao", null, null, null, null, null, null, null, List.of(), null);
        return hospital.signIn(who).bean(Patients.class).register(details);
    }

    private RecordMetadata metadata(UUID whose, String policy) {
        return new RecordMetadata(whose, RecordKind.NOTE, Sensitivity.MEDIUM, policy, List.of("chest"));
    }

    private RecordReceipt upload(InputStream file) throws Exception {
        return hospital.signIn(owner)
                .bean(Upload.class)
                .upload(metadata(patient, TestHospital.POLICY), file, "note.txt", "text/plain");
    }

    private RecordReceipt upload(byte[] file) throws Exception {
        return upload(new ByteArrayInputStream(file));
    }

    private void refused(ThrowingCallable upload, Class<? extends Throwable> refusal) {
        assertThatThrownBy(upload).isInstanceOf(refusal);
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        assertThat(hospital.a.recordsKept()).as("rows and contents at cloud A").isZero();
        assertThat(hospital.b.recordsKept()).as("rows and contents at cloud B").isZero();
    }

    // ------------------------------------------------------------------------------------------------ what is promised

    @Test
    void anAcknowledgedRecordIsInBothStores() throws Exception {
        RecordReceipt receipt = upload(NOTE);

        assertThat(receipt.state()).isEqualTo("READY");
        assertThat(receipt.size()).isEqualTo(NOTE.length);
        assertThat(receipt.digest()).isEqualTo("sha-256:" + sha256(NOTE));
        assertThat(receipt.fileName()).matches("NOTE_2026-03-14_[0-9A-Z]{2}\\.txt");
        assertThat(receipt.signature().valid()).isTrue();
        assertThat(hospital.a.record(receipt.id())).isPresent();
        assertThat(hospital.b.record(receipt.id())).isPresent();
        assertThat(hospital.a.pendingTasks()).isZero();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void neitherStoreHoldsAWordOfIt() throws Exception {
        byte[] file = "A rare word: xylophagous.".repeat(100).getBytes(UTF_8);

        upload(file);

        for (var store : List.of(hospital.a, hospital.b)) {
            String dump = new String(store.dump(), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(dump)
                    .doesNotContain("xylophagous")
                    .doesNotContain("Asha")
                    .doesNotContain("note.txt");
        }
    }

    @Test
    void theOriginalNeverPassesThroughCloudB() throws Exception {
        hospital.b.calls.clear();
        hospital.a.failing = "commitRecord";

        assertThatThrownBy(() -> upload(NOTE)).isInstanceOf(StoreUnavailableException.class);

        assertThat(hospital.b.calls).as("calls at B before A has committed").doesNotContain("appendContent");
    }

    @Test
    void whatIsUploadedInTheTwinStaysThere() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        UUID twins = patientOf(low);
        hospital.a.calls.clear();

        RecordReceipt receipt = hospital.signIn(low)
                .bean(Upload.class)
                .upload(metadata(twins, "role:doctor"), new ByteArrayInputStream(NOTE), "note.txt", "");

        assertThat(receipt.state()).isEqualTo("READY");
        assertThat(hospital.b.record(receipt.id())).isPresent();
        assertThat(hospital.a.calls).as("calls at A").isEmpty();
    }

    @Test
    void theDoubleIsOfTheSameKindAndOtherBytes() throws Exception {
        UUID id = upload(NOTE).id();

        hospital.signIn(hospital.low(TestHospital.OWNER, "data-owner"));
        var twin = hospital.bean(Retrieval.class).open(id, null, null);

        assertThat(twin.mediaType()).isEqualTo("text/plain");
        assertThat(twin.body().readAllBytes()).isNotEqualTo(NOTE).hasSizeGreaterThan(0);
    }

    // ---------------------------------------------------------------------------------------------------- bad inputs

    @Test
    void anEmptyFileIsRefused() {
        refused(() -> upload(new byte[0]), EmptyFileException.class);
    }

    @Test
    void aFileThatIsNotWhatItIsCalledIsRefused() {
        refused(() -> upload(Samples.pdf()), UnsupportedContentException.class);
    }

    @Test
    void aFileThatBreaksItsFormatAtItsVeryEndIsRefused() {
        byte[] whole = Samples.png(16, 16);

        refused(
                () -> hospital.signIn(owner)
                        .bean(Upload.class)
                        .upload(
                                metadata(patient, TestHospital.POLICY),
                                new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 1)),
                                "",
                                ""),
                UnsupportedContentException.class);
    }

    @Test
    void oneByteTooManyIsRefused() throws Exception {
        hospital.set("sosia.upload.max-bytes", "1000");

        refused(() -> upload(new byte[1001 + 4096]), UnsupportedContentException.class);
        refused(() -> upload("x".repeat(1001).getBytes(UTF_8)), TooLargeException.class);
        assertThat(upload("x".repeat(1000).getBytes(UTF_8)).state()).isEqualTo("READY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"role:doctor and | 12", "role:doctor xor role:nurse | 12", "(role:doctor | 12", "'' | 0"})
    void aPolicyThatCannotBeUnderstoodNamesThePosition(String policy, int earliest) {
        assertThatThrownBy(() -> hospital.signIn(owner)
                        .bean(Upload.class)
                        .upload(metadata(patient, policy), new ByteArrayInputStream(NOTE), "", ""))
                .isInstanceOfSatisfying(
                        PolicyRefusedException.class,
                        refused -> assertThat(refused.position()).isGreaterThanOrEqualTo(earliest));
        nothingIsLeft();
    }

    @Test
    void anAttributeThatNobodyHoldsIsNamed() {
        assertThatThrownBy(() -> hospital.signIn(owner)
                        .bean(Upload.class)
                        .upload(
                                metadata(patient, "role:doctor and department:astrology"),
                                new ByteArrayInputStream(NOTE),
                                "",
                                ""))
                .isInstanceOfSatisfying(
                        UnheldAttributeException.class,
                        refused -> assertThat(refused.attribute()).isEqualTo("department:astrology"));
        nothingIsLeft();
    }

    @Test
    void anUnknownPatientAndSomebodyElsesLookTheSame() throws Exception {
        UUID ottos = patientOf(hospital.proven(TestHospital.OTHER_OWNER, "data-owner"));

        for (UUID notMine : List.of(ottos, UUID.randomUUID())) {
            refused(
                    () -> hospital.signIn(owner)
                            .bean(Upload.class)
                            .upload(metadata(notMine, TestHospital.POLICY), new ByteArrayInputStream(NOTE), "", ""),
                    UnknownPatientException.class);
        }
    }

    @Test
    void keywordsAndNamesAreBounded() {
        var many = new RecordMetadata(
                patient, RecordKind.NOTE, Sensitivity.LOW, TestHospital.POLICY, List.of("x".repeat(65)));

        refused(
                () -> hospital.signIn(owner).bean(Upload.class).upload(many, new ByteArrayInputStream(NOTE), "", ""),
                InvalidValueException.class);
        refused(
                () -> hospital.signIn(owner)
                        .bean(Upload.class)
                        .upload(
                                metadata(patient, TestHospital.POLICY),
                                new ByteArrayInputStream(NOTE),
                                "x".repeat(256),
                                ""),
                InvalidValueException.class);
    }

    // ------------------------------------------------------------------------------------- what fails at which step

    @ParameterizedTest
    @ValueSource(ints = {1, 4_095, 4_096, 4_097, 70_000, 200_000})
    void aConnectionThatBreaksLeavesNothing(int after) {
        refused(() -> upload(new Breaking(after)), InterruptedUploadException.class);
    }

    /** A sender who goes away after so many bytes. */
    private static final class Breaking extends InputStream {

        private int left;

        Breaking(int bytes) {
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int n = Math.min(length, left);
            Arrays.fill(target, offset, offset + n, (byte) 'x');
            left -= n;
            return n;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient", "person", "beginRecord", "appendContent", "commitRecord"})
    void aStoreThatFailsBeforeTheCommitLeavesNothingAndIsNotAcknowledged(String step) {
        hospital.a.failing = step;

        assertThatThrownBy(() -> upload(NOTE)).isInstanceOf(RuntimeException.class);

        hospital.a.failing = null;
        nothingIsLeft();
    }

    @Test
    void aFullDiskIsNotAcknowledged() {
        hospital.a.room = 50;

        refused(() -> upload(NOTE), StoreUnavailableException.class);
    }

    @Test
    void whatCannotEvenBeTakenBackIsSweptLater() {
        hospital.a.room = 50;
        hospital.a.failing = "abandonRecord";
        assertThatThrownBy(() -> upload(NOTE)).isInstanceOf(StoreUnavailableException.class);
        assertThat(hospital.a.recordsKept()).isPositive();
        hospital.a.failing = null;

        hospital.clock.pass(java.time.Duration.ofHours(1));
        int swept =
                hospital.bean(Housekeeping.class).sweep(hospital.clock.instant().minusSeconds(900));

        assertThat(swept).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void withCloudBAwayARecordIsKeptSealedAndNobodySeesIt() throws Exception {
        hospital.b.away = true;

        RecordReceipt receipt = upload(NOTE);

        assertThat(receipt.state()).isEqualTo("SEALED");
        assertThat(hospital.a.record(receipt.id())).as("visible").isEmpty();
        assertThat(hospital.a.recordInAnyState(receipt.id()).orElseThrow().state())
                .isEqualTo(RecordState.SEALED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recordInAnyState", "beginRecord", "appendContent", "commitRecord"})
    void aDoubleThatFailsAtAnyStepIsMadeLater(String step) throws Exception {
        hospital.b.failing = step;
        RecordReceipt receipt = upload(NOTE);
        assertThat(receipt.state()).isEqualTo("SEALED");
        hospital.b.failing = null;

        hospital.clock.pass(java.time.Duration.ofMinutes(1));
        org.sosia.forging.Later.workOff(hospital);
        org.sosia.words.LaterWords.workOff(hospital);

        assertThat(hospital.a.record(receipt.id())).as("visible").isPresent();
        assertThat(hospital.b.record(receipt.id())).as("its double").isPresent();
        assertThat(hospital.a.pendingTasks()).isZero();
    }

    @Test
    void aCrashBetweenTheDoubleAndItsRecordIsMadeGood() throws Exception {
        hospital.a.failing = "markReady";
        RecordReceipt receipt = upload(NOTE);
        assertThat(receipt.state()).isEqualTo("SEALED");
        assertThat(hospital.b.record(receipt.id())).isPresent();
        hospital.a.failing = null;

        hospital.clock.pass(java.time.Duration.ofMinutes(1));
        org.sosia.forging.Later.workOff(hospital);

        assertThat(hospital.a.record(receipt.id())).isPresent();
    }

    // --------------------------------------------------------------------------------------------- the double ahead

    private static final int LARGE = 5 << 20;

    private RecordReceipt upload(InputStream file, long expectedBytes) throws Exception {
        return hospital.signIn(owner)
                .bean(Upload.class)
                .upload(metadata(patient, TestHospital.POLICY), file, "note.txt", "text/plain", expectedBytes);
    }

    /** A large text that lets a test look, each time so many bytes of it were read. */
    private static InputStream watched(int bytes, Runnable atEachMebibyte) {
        return new FilterInputStream(new ByteArrayInputStream("x".repeat(bytes).getBytes(UTF_8))) {
            private int given;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int n = super.read(target, offset, Math.min(length, 1 << 16));
                if (n > 0 && (given += n) % (1 << 20) < n) {
                    atEachMebibyte.run();
                }
                return n;
            }
        };
    }

    @Test
    void aLargeRecordsDoubleIsBegunWithItAndSeenAfterIt() throws Exception {
        hospital.a.calls.clear();
        hospital.b.calls.clear();

        RecordReceipt receipt = upload(
                watched(LARGE, () -> {
                    assertThat(hospital.b.recordsKept()).as("begun").isPositive();
                    assertThat(hospital.b.calls).as("before the order").doesNotContain("commitRecord");
                }),
                LARGE);

        assertThat(receipt.state()).isEqualTo("READY");
        assertThat(hospital.b.record(receipt.id())).isPresent();
        assertThat(hospital.b.calls)
                .as("made once")
                .containsOnlyOnce("beginRecord")
                .containsOnlyOnce("commitRecord");
    }

    @Test
    void aDoubleMadeAheadIsTheOneThatWouldHaveBeenMadeAfterwards() throws Exception {
        UUID ahead = upload(watched(LARGE, () -> {}), LARGE).id();
        hospital.signIn(hospital.low(TestHospital.OWNER, "data-owner"));
        byte[] bytes =
                hospital.bean(Retrieval.class).open(ahead, null, null).body().readAllBytes();

        var spec = new DecoySpec(
                ahead, 1, patient, RecordKind.NOTE, "text/plain", "", LARGE, LocalDate.of(2026, 3, 14), Locale.UK);

        assertThat(bytes)
                .isEqualTo(
                        hospital.bean(Outbox.class).forge().forge(spec).open().readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {LARGE / 8 * 7, 2L * LARGE, 8L << 30})
    void aLengthThatWasAnnouncedWronglyMakesTheDoubleAnew(long announced) throws Exception {
        RecordReceipt receipt = upload(watched(LARGE, () -> {}), announced);

        assertThat(receipt.state()).isEqualTo("READY");
        assertThat(hospital.b.record(receipt.id()).orElseThrow().sealedBytes())
                .isEqualTo(hospital.a.record(receipt.id()).orElseThrow().sealedBytes());
    }

    @Test
    void aDoubleNeverGetsAheadOfWhatArrived() {
        refused(() -> upload(new Breaking(1 << 20), 8L << 30), InterruptedUploadException.class);

        assertThat(hospital.b.mostArrived).isLessThan(2 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_097, 1 << 20, LARGE - 1})
    void aLargeUploadThatBreaksOffLeavesNoDouble(int after) {
        refused(() -> upload(new Breaking(after), LARGE), InterruptedUploadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"beginRecord", "appendContent", "commitRecord"})
    void aLargeRecordThatIsNotCommittedLeavesNoDouble(String step) {
        hospital.a.failing = step;

        assertThatThrownBy(() -> upload(watched(LARGE, () -> {}), LARGE)).isInstanceOf(RuntimeException.class);

        hospital.a.failing = null;
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recordInAnyState", "beginRecord", "appendContent", "commitRecord", "abandonRecord"})
    void aLargeDoubleThatFailsIsMadeLaterAndTheRecordIsKept(String step) throws Exception {
        hospital.b.failing = step;
        RecordReceipt receipt = upload(watched(LARGE, () -> hospital.b.room = 1 << 20), LARGE);
        assertThat(receipt.state()).isEqualTo("SEALED");
        hospital.b.failing = null;
        hospital.b.room = Long.MAX_VALUE;

        hospital.clock.pass(java.time.Duration.ofMinutes(1));
        org.sosia.forging.Later.workOff(hospital);
        org.sosia.words.LaterWords.workOff(hospital);

        assertThat(hospital.a.record(receipt.id())).as("visible").isPresent();
        assertThat(hospital.b.record(receipt.id())).as("its double").isPresent();
    }

    @Test
    void aSlowTwinDoesNotHoldUpARecord() throws Exception {
        RecordReceipt receipt = upload(
                watched(LARGE, () -> {
                    hospital.b.slow = true;
                    assertThat(hospital.b.mostArrived)
                            .as("written at B while it is slow")
                            .isLessThan(2 << 20);
                }),
                LARGE);

        assertThat(receipt.state()).isEqualTo("READY");
    }

    @Test
    void aDoubleThatWasSweptMeanwhileIsMadeAgain() throws Exception {
        RecordReceipt receipt = upload(
                watched(LARGE, () -> hospital.b.staleUploads(Instant.MAX).forEach(hospital.b::abandonRecord)), LARGE);

        hospital.clock.pass(java.time.Duration.ofMinutes(1));
        org.sosia.forging.Later.workOff(hospital);
        org.sosia.words.LaterWords.workOff(hospital);

        assertThat(hospital.a.record(receipt.id())).as("visible").isPresent();
        assertThat(hospital.b.record(receipt.id())).as("its double").isPresent();
    }

    // ----------------------------------------------------------------------------------------------- how many at once

    @Test
    void oneUploadTooManyIsToldBeforeItIsRead() throws Exception {
        hospital.set("sosia.upload.at-once", "2");
        Credentials another = hospital.proven(TestHospital.OWNER, "data-owner");

        InputStream second = watched(1 << 20, () -> {
            hospital.signIn(another);
            assertThatThrownBy(() -> upload(new Breaking(0))).isInstanceOf(TooManyUploadsException.class);
        });
        InputStream first =
                watched(1 << 20, () -> assertThatCode(() -> upload(second)).doesNotThrowAnyException());

        upload(first);
        assertThat(upload(NOTE).state()).as("places are given back").isEqualTo("READY");
    }

    @Test
    void aRefusedUploadGivesItsPlaceBack() throws Exception {
        hospital.set("sosia.upload.at-once", "1");

        refused(() -> upload(new byte[0]), EmptyFileException.class);
        refused(() -> upload(new Breaking(70_000)), InterruptedUploadException.class);

        assertThat(upload(NOTE).state()).isEqualTo("READY");
    }
}

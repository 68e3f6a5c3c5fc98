package org.sosia.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.persistence.Incident;
import org.sosia.persistence.IncidentFilter;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Sharing;

/** What a person at the screens meets before a record. */
class GateTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = TestHospital.atTheScreen(hospital.proven(TestHospital.DOCTOR, "doctor"));
    private final byte[] original = "No murmur.\n".getBytes(UTF_8);
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        record = records.record(owner, records.patient(owner, TestHospital.PATIENT), original);
    }

    private Gate as(Credentials who) {
        return hospital.signIn(who).bean(Gate.class);
    }

    private String grantedKey() throws Exception {
        return records.grant(owner, doctor, record).partialKey().orElseThrow();
    }

    private static String wrongKey() {
        return PartialKey.random().revealText();
    }

    @Test
    void withoutAProofThereIsNeitherOriginalNorDouble() {
        assertThatThrownBy(() -> records.read(doctor, record, null)).isInstanceOf(ProofRequiredException.class);
        assertThatThrownBy(() -> records.read(TestHospital.withAssurance(doctor, 1), record, null))
                .as("in the twin it looks the same")
                .isInstanceOf(ProofRequiredException.class);
    }

    @Test
    void theKeyOpensTheRecordForTheSession() throws Exception {
        String key = grantedKey();

        assertThat(as(doctor).prove(record, " " + key.toLowerCase(java.util.Locale.ROOT) + " "))
                .isEqualTo(ProofResult.OPENED);

        assertThat(as(doctor).state()).isEqualTo(GateState.OPEN);
        assertThat(as(doctor).isOpen(record)).isTrue();
        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        assertThat(as(TestHospital.in(doctor, "elsewhere")).isOpen(record)).isFalse();
    }

    @Test
    void aProofIsForgottenWhenItIsNotUsed() throws Exception {
        as(doctor).prove(record, grantedKey());

        hospital.clock.pass(Duration.ofMinutes(14));
        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        hospital.clock.pass(Duration.ofMinutes(14));
        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        hospital.clock.pass(Duration.ofMinutes(15));

        assertThat(as(doctor).state()).isEqualTo(GateState.CLOSED);
        assertThatThrownBy(() -> records.read(doctor, record, null)).isInstanceOf(ProofRequiredException.class);
    }

    @Test
    void leavingForgetsTheProof() throws Exception {
        as(doctor).prove(record, grantedKey());

        as(doctor).leave();

        assertThat(as(doctor).isOpen(record)).isFalse();
    }

    @Test
    void aRevocationClosesAGateThatStoodOpenAndSaysSo() throws Exception {
        Approval approval = records.grant(owner, doctor, record);
        as(doctor).prove(record, approval.partialKey().orElseThrow());

        hospital.signIn(owner).bean(Sharing.class).revoke(approval.grant());

        assertThatThrownBy(() -> records.read(doctor, record, null))
                .as("never a double for a person who is proven")
                .isInstanceOf(ProofRequiredException.class);
        assertThat(as(doctor).prove(record, approval.partialKey().orElseThrow()))
                .isEqualTo(ProofResult.REFUSED);
        assertThat(incidents()).isEmpty();
    }

    @Test
    void anotherPatientLearnsNotEvenThatThereIsARecord() throws Exception {
        hospital.enrol("paul", "patient", java.util.Set.of());
        Credentials paul = TestHospital.atTheScreen(hospital.proven("paul", "patient"));

        assertThatThrownBy(() -> as(paul).prove(record, wrongKey())).isInstanceOf(NoSuchRecordException.class);
        assertThat(as(TestHospital.atTheScreen(hospital.proven(TestHospital.PATIENT, "patient")))
                        .prove(record, wrongKey()))
                .isEqualTo(ProofResult.REFUSED);
    }

    @Test
    void aSlipOfThePenCountsForNothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(as(doctor).prove(record, "not a key")).isEqualTo(ProofResult.TYPING_ERROR);
        }

        assertThat(as(doctor).prove(record, grantedKey())).isEqualTo(ProofResult.OPENED);
    }

    @Test
    void whoGuessesIsLetInAtTheThirdTryIntoTheTwinAndReportedOnce() throws Exception {
        String key = grantedKey();
        assertThat(as(doctor).prove(record, wrongKey())).isEqualTo(ProofResult.REFUSED);
        assertThat(as(doctor).prove(record, wrongKey())).isEqualTo(ProofResult.REFUSED);
        assertThat(incidents()).isEmpty();

        assertThat(as(doctor).prove(record, wrongKey())).isEqualTo(ProofResult.OPENED);

        assertThat(incidents()).singleElement().extracting(Incident::technique).isEqualTo("partial-key-guessing");
        assertThat(as(doctor).state()).isEqualTo(GateState.OPEN);
        assertThat(records.read(doctor, record, null)).isNotEqualTo(original).isNotEmpty();
        assertThat(as(doctor).prove(record, key)).as("too late").isEqualTo(ProofResult.OPENED);
        assertThat(records.read(doctor, record, null)).isNotEqualTo(original);
    }

    private java.util.List<Incident> incidents() {
        return hospital.b.incidents(new IncidentFilter(null, null, null, 10));
    }

    @Test
    void theNumberOfTriesIsASetting() throws Exception {
        TestHospital strict = new TestHospital();
        strict.set("sosia.gate.tries", "1");
        TestRecords its = new TestRecords(strict);
        UUID secret = its.record(owner, its.patient(owner, TestHospital.PATIENT), original);

        assertThat(strict.signIn(doctor).bean(Gate.class).prove(secret, wrongKey()))
                .isEqualTo(ProofResult.OPENED);

        assertThat(strict.signIn(doctor).bean(Lanes.class).hospital().lane()).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void aRecordThatDoesNotExistHasNoGate() {
        assertThatThrownBy(() -> as(doctor).prove(UUID.randomUUID(), wrongKey()))
                .isInstanceOf(NoSuchRecordException.class);
    }

    @Test
    void theOwnerNeedsNoGateForHerOwn() throws Exception {
        assertThat(records.read(TestHospital.atTheScreen(owner), record, null)).isEqualTo(original);
        assertThat(hospital.signIn(TestHospital.atTheScreen(owner))
                        .bean(Retrieval.class)
                        .get(record)
                        .fileName())
                .startsWith("NOTE_");
    }
}

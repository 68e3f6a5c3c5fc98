package org.sosia.emergency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.alerts.Alerts;
import org.sosia.alerts.IncidentView;
import org.sosia.identity.Credentials;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.Plea;
import org.sosia.persistence.PleaAnswer;
import org.sosia.refusal.InvalidValueException;

/**
 * A doctor breaks the glass, and those who try to without enough trustees, with answers of another case, in another session or after
 * its time. Two of three trustees must agree here.
 */
class EmergencyTest {
    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private final Credentials tina = hospital.proven("tina", "doctor");
    private final Credentials tom = hospital.proven("tom", "security-desk");
    private final byte[] original = "Allergic to penicillin.\n".getBytes(UTF_8);
    private UUID patient = new UUID(0, 0);
    private UUID record = patient;

    @BeforeEach
    void threeTrusteesAndARecord() throws Exception {
        hospital.enrol("tina", "doctor", Set.of("role:doctor", "emergency:trustee"));
        hospital.enrol("tom", "security-desk", Set.of("emergency:trustee"));
        hospital.enrol("theo", "doctor", Set.of("emergency:trustee"));
        patient = records.patient(owner, TestHospital.PATIENT);
        record = records.record(owner, patient, original);
    }

    private Emergency as(Credentials who) {
        return hospital.signIn(who).bean(Emergency.class);
    }

    private UUID plead() throws Exception {
        return as(doctor)
                .plead(patient, "unconscious in the resuscitation room")
                .id();
    }

    private List<IncidentView> incidents() throws Exception {
        return hospital.signIn(tom)
                .bean(Alerts.class)
                .list(null, null, null, 20)
                .items();
    }

    @Test
    void enoughTrusteesOpenThePatientsRecordsForTheSessionThatAsked() throws Exception {
        UUID second = records.record(owner, patient, "Blood group A.\n".getBytes(UTF_8));
        UUID plea = plead();
        assertThat(as(doctor).get(plea).state()).isEqualTo(EmergencyState.WAITING);

        as(tina).answer(plea);
        EmergencyView opened = as(tom).answer(plea);

        assertThat(opened.state()).isEqualTo(EmergencyState.OPEN);
        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        assertThat(records.read(doctor, second, null)).isEqualTo("Blood group A.\n".getBytes(UTF_8));
        assertThat(hospital.a.actionsOn(plea)).containsExactly("PLEAD", "ANSWER", "ANSWER");
        assertThat(hospital.a.actionsOn(record)).endsWith("UNWRAP");
        assertThat(hospital.b.actionsOn(record)).contains("EMERGENCY");
    }

    @Test
    void theDeskIsToldBeforeAnybodyAnswered() throws Exception {
        plead();

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.technique()).isEqualTo("break-glass");
            assertThat(incident.subject()).isEqualTo(TestHospital.OTHER_DOCTOR);
        });
    }

    @Test
    void thoseConcernedFindItInTheirLists() throws Exception {
        UUID plea = plead();

        for (Credentials who : List.of(doctor, tina, tom, owner, hospital.proven(TestHospital.PATIENT, "patient"))) {
            assertThat(as(who).list()).as(who.subject()).singleElement().satisfies(seen -> {
                assertThat(seen.id()).isEqualTo(plea);
                assertThat(seen.reason()).startsWith("unconscious");
            });
        }
        Credentials colleague = hospital.proven(TestHospital.DOCTOR, "doctor");
        Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");
        for (Credentials who : List.of(colleague, otherOwner)) {
            assertThat(as(who).list()).isEmpty();
            assertThatThrownBy(() -> as(who).get(plea)).isInstanceOf(NoSuchEmergencyException.class);
        }
    }

    @Test
    void whoBecomesATrusteeMeanwhileLeavesTheAnswersGoodAndNobodyAccused() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);
        as(tom).answer(plea);

        hospital.enrol("anna", "doctor", Set.of("emergency:trustee"));

        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        assertThat(incidents()).extracting(IncidentView::technique).containsExactly("break-glass");
    }

    @Test
    void afterANewEpochOfTheCollectionRecordsOfBothEpochsOpen() throws Exception {
        rotated();
        UUID second = records.record(owner, patient, "Blood group A.\n".getBytes(UTF_8));
        UUID plea = plead();
        as(tina).answer(plea);
        as(tom).answer(plea);

        assertThat(records.read(doctor, record, null)).isEqualTo(original);
        assertThat(records.read(doctor, second, null)).isEqualTo("Blood group A.\n".getBytes(UTF_8));
    }

    @Test
    void aNewEpochBetweenTwoAnswersTakesNothingAway() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);
        rotated();
        as(tom).answer(plea);
        rotated();

        assertThat(records.read(doctor, record, null)).isEqualTo(original);
    }

    private void rotated() throws Exception {
        var real = hospital.real();
        assertThat(real.keys()
                        .nextCollectionEpoch(
                                owner.subject(), real.event(owner, "ROTATE", null, Map.of("key", "collections"))))
                .isTrue();
    }

    @Test
    void everybodyIsToldWhatTheyCanDoAboutIt() throws Exception {
        UUID plea = plead();
        hospital.enrol("sam", "security-desk", Set.of());
        Credentials desk = hospital.proven("sam", "security-desk");

        assertThat(as(doctor).get(plea)).satisfies(seen -> {
            assertThat(seen.mayAnswer()).as("her own").isFalse();
            assertThat(seen.mayEnd()).isTrue();
        });
        assertThat(as(tina).get(plea)).satisfies(seen -> {
            assertThat(seen.mayAnswer()).isTrue();
            assertThat(seen.mayEnd()).isFalse();
        });
        assertThat(as(owner).get(plea).mayAnswer()).as("no trustee").isFalse();
        assertThat(as(desk).get(plea)).satisfies(seen -> {
            assertThat(seen.mayAnswer()).as("no trustee").isFalse();
            assertThat(seen.mayEnd()).isTrue();
        });
        assertThat(as(tina).answer(plea).mayAnswer()).as("answered").isFalse();
        as(doctor).end(plea);
        assertThat(as(tom).get(plea).mayAnswer()).as("over").isFalse();
        assertThat(as(desk).get(plea).mayEnd()).as("over").isFalse();
    }

    // ------------------------------------------------------------------------------------------------------ attacks

    @Test
    void oneTrusteeIsNotEnoughAndNoDoubleIsShownInstead() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);

        assertThatThrownBy(() -> records.read(doctor, record, null)).isInstanceOf(EmergencyWaitsException.class);
        assertThat(hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
    }

    @Test
    void answersOfTwoCirclesAreNotAddedUp() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);
        hospital.enrol("anna", "doctor", Set.of("emergency:trustee"));

        EmergencyView after = as(tom).answer(plea);

        assertThat(after.state()).isEqualTo(EmergencyState.WAITING);
        assertThat(after.answers()).isEqualTo(1);
        assertThatThrownBy(() -> records.read(doctor, record, null)).isInstanceOf(EmergencyWaitsException.class);
        assertThat(as(hospital.proven("anna", "doctor")).answer(plea).state()).isEqualTo(EmergencyState.OPEN);
        assertThat(records.read(doctor, record, null)).isEqualTo(original);
    }

    @Test
    void thePatientsNameIsForThoseWhoActForHerAndNotForTheDeskAlone() throws Exception {
        UUID plea = plead();
        Credentials desk = hospital.proven("dan", "security-desk");
        hospital.enrol("dan", "security-desk", Set.of());

        for (Credentials who : List.of(doctor, tina, owner, hospital.proven(TestHospital.PATIENT, "patient"))) {
            assertThat(as(who).get(plea).patientName()).as(who.subject()).isEqualTo("Asha Rao");
        }
        assertThat(as(desk).get(plea).patientName()).isNull();
    }

    @Test
    void aTrusteeWhoCameAsAPatientIsNotOfferedToAnswer() throws Exception {
        hospital.enrol("tess", "patient", Set.of("emergency:trustee"));
        UUID plea = plead();
        assertThat(as(tina).get(plea).mayAnswer()).isTrue();

        assertThat(as(hospital.proven("tess", "patient")).get(plea).mayAnswer()).isFalse();
    }

    @Test
    void nobodyBuriesTheListUnderPleas() throws Exception {
        hospital.set("sosia.emergency.a-day", "3");
        plead();
        plead();
        plead();

        assertThatThrownBy(this::plead)
                .isInstanceOfSatisfying(
                        EmergencyRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(EmergencyRefusedException.Why.TOO_OFTEN));
        assertThat(as(hospital.proven(TestHospital.DOCTOR, "doctor"))
                        .plead(patient, "another doctor")
                        .state())
                .isEqualTo(EmergencyState.WAITING);
        hospital.clock.pass(Duration.ofDays(2));
        assertThat(plead()).isNotNull();
    }

    @Test
    void nobodyAnswersTwiceOrForHerself() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);

        assertThatThrownBy(() -> as(tina).answer(plea)).isInstanceOf(EmergencyRefusedException.class);
        UUID own = as(tina).plead(patient, "mine").id();
        assertThatThrownBy(() -> as(tina).answer(own)).isInstanceOf(EmergencyRefusedException.class);
    }

    @Test
    void whoIsNoTrusteeCannotAnswerAndLearnsNothing() throws Exception {
        UUID plea = plead();
        Credentials colleague = hospital.proven(TestHospital.DOCTOR, "doctor");

        assertThatThrownBy(() -> as(colleague).answer(plea)).isInstanceOf(NoSuchEmergencyException.class);
        assertThatThrownBy(() -> as(colleague).answer(UUID.randomUUID())).isInstanceOf(NoSuchEmergencyException.class);
    }

    @Test
    void anAnswerToAnotherPleaOpensNothing() throws Exception {
        UUID first = plead();
        as(tina).answer(first);
        as(tom).answer(first);
        List<PleaAnswer> given = new ArrayList<>(hospital.a.answers(first));
        as(doctor).end(first);
        UUID second = plead();

        hospital.a.plant(second, given);

        assertThatThrownBy(() -> records.read(doctor, record, null)).isInstanceOf(IntegrityException.class);
        assertThat(hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
        assertThat(incidents())
                .as("nobody is accused of a re-encryption that nobody asked for")
                .extracting(IncidentView::technique)
                .containsOnly("break-glass");
    }

    /** The doctor asks for somebody harmless, the trustees agree to that, and cloud A writes another name into the row meanwhile. */
    @Test
    void aPleaThatTheCloudMadeAnotherOneIsNotAnswered() throws Exception {
        UUID harmless = records.patient(owner, "somebody");
        UUID id = as(doctor).plead(harmless, "unconscious").id();
        Plea asked = hospital.a.plea(id).orElseThrow();
        for (Plea altered : List.of(
                new Plea(id, patient, asked.requester(), asked.createdAt(), asked.expiresAt(), false, asked.sealed()),
                new Plea(
                        id, harmless, TestHospital.DOCTOR, asked.createdAt(), asked.expiresAt(), false, asked.sealed()),
                new Plea(
                        id,
                        harmless,
                        asked.requester(),
                        asked.createdAt(),
                        asked.expiresAt().plusSeconds(1),
                        false,
                        asked.sealed()))) {
            hospital.a.plant(altered);

            assertThatThrownBy(() -> as(tina).answer(id)).isInstanceOf(IntegrityException.class);
        }
        assertThat(hospital.a.actionsOn(id)).containsExactly("PLEAD");
    }

    @Test
    void anotherSessionOfTheSameDoctorGetsTheDouble() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);
        as(tom).answer(plea);

        assertThat(records.read(TestHospital.in(doctor, "stolen-session"), record, null))
                .isNotEqualTo(original);
    }

    @Test
    void answersCountForAPatientOfWhomThereIsNoRecordYet() throws Exception {
        UUID nobodysYet = records.patient(owner, "somebody");
        UUID plea = as(doctor).plead(nobodysYet, "just brought in").id();

        assertThat(as(tina).answer(plea).answers()).isEqualTo(1);
        assertThat(as(tom).answer(plea).state()).isEqualTo(EmergencyState.OPEN);
    }

    @Test
    void anotherPatientsRecordsStayShut() throws Exception {
        UUID other = records.record(owner, records.patient(owner, "somebody"), original);
        UUID plea = plead();
        as(tina).answer(plea);
        as(tom).answer(plea);

        assertThat(records.read(doctor, other, null)).isNotEqualTo(original);
    }

    @Test
    void itEndsByItselfAndByBeingEnded() throws Exception {
        UUID plea = plead();
        as(tina).answer(plea);
        as(tom).answer(plea);
        assertThat(records.read(doctor, record, null)).isEqualTo(original);

        as(tom).end(plea);
        assertThat(records.read(doctor, record, null)).isNotEqualTo(original);
        assertThat(as(doctor).get(plea).state()).isEqualTo(EmergencyState.ENDED);

        UUID later = plead();
        hospital.clock.pass(Duration.ofHours(1));
        Credentials fresh = hospital.proven("tina", "doctor");
        assertThatThrownBy(() -> as(fresh).answer(later)).isInstanceOf(EmergencyRefusedException.class);
    }

    @Test
    void aReasonAndTrusteesAreNeeded() {
        for (String reason : List.of("  ", "x".repeat(501))) {
            assertThatThrownBy(() -> as(doctor).plead(patient, reason))
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            refused -> assertThat(refused.field()).isEqualTo("reason"));
        }
        hospital.set("sosia.emergency.threshold", "4");
        hospital.set("sosia.emergency.contact", "extension 112");
        assertThatThrownBy(() -> as(doctor).plead(patient, "reason"))
                .isInstanceOfSatisfying(EmergencyRefusedException.class, refused -> {
                    assertThat(refused.why()).isEqualTo(EmergencyRefusedException.Why.TOO_FEW_TRUSTEES);
                    assertThat(refused.contact()).hasValue("extension 112");
                });
    }

    @Test
    void anOldSignInAnswersNothing() throws Exception {
        UUID plea = plead();
        hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() -> as(tina).answer(plea)).isInstanceOf(StepUpRequiredException.class);
    }

    @Test
    void inTheTwinHospitalThePleaIsTheTwins() throws Exception {
        Credentials low = hospital.low(TestHospital.OTHER_DOCTOR, "doctor");
        hospital.a.calls.clear();

        UUID plea = as(low).plead(patient, "let me in").id();

        assertThat(hospital.a.calls).isEmpty();
        assertThatThrownBy(() -> as(tina).answer(plea)).isInstanceOf(NoSuchEmergencyException.class);
        assertThatThrownBy(() -> records.read(low, record, null)).isInstanceOf(EmergencyWaitsException.class);
    }
}

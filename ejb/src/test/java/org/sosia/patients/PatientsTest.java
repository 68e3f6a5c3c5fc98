package org.sosia.patients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.forging.Later;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.paging.Page;
import org.sosia.persistence.SealedPatient;
import org.sosia.refusal.InvalidValueException;

/** Patients are taken in sealed and signed; each has a twin who is somebody else. */
class PatientsTest {

    private static final PatientDetails ASHA = new PatientDetails(
            "Asha Rao",
            LocalDate.of(1979, 4, 2),
            "female",
            "+91 44 5550 1234",
            "asha@example.org",
            "12 Beach Road\nChennai",
            72,
            "sinus rhythm",
            List.of("R05", "R50.9"),
            TestHospital.PATIENT);

    private final TestHospital hospital = new TestHospital();
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final Credentials himself = hospital.proven(TestHospital.PATIENT, "patient");

    private Patients as(Credentials who) {
        return hospital.signIn(who).bean(Patients.class);
    }

    @Test
    void whatWasWrittenIsReadBackAndSigned() throws Exception {
        UUID id = as(owner).register(ASHA);

        PatientView read = as(owner).get(id);

        assertThat(read.details()).isEqualTo(ASHA);
        assertThat(read.signature().valid()).isTrue();
        assertThat(read.signature().signer()).isEqualTo(TestHospital.OWNER);
        assertThat(as(doctor).get(id).details()).isEqualTo(ASHA);
        assertThat(as(himself).get(id).details()).isEqualTo(ASHA);
        assertThat(as(himself).list(null, 10).items()).hasSize(1);
    }

    @Test
    void theTwinIsSomebodyElseUnderTheSameId() throws Exception {
        UUID id = as(owner).register(ASHA);

        PatientDetails twin = as(low).get(id).details();

        assertThat(twin.name()).isNotEqualTo("Asha Rao").isNotBlank();
        assertThat(twin.toString()).doesNotContain("5550 1234").doesNotContain("Chennai");
        assertThat(as(low).get(id).details()).as("and stays the same").isEqualTo(twin);
        assertThat(as(hospital.low(TestHospital.PATIENT, "patient"))
                        .list(null, 10)
                        .items())
                .singleElement()
                .extracting(PatientView::details)
                .isEqualTo(twin);
    }

    @Test
    void anotherOwnersPatientLooksLikeNone() throws Exception {
        UUID id = as(owner).register(ASHA);
        Credentials otto = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        for (UUID unknown : List.of(id, UUID.randomUUID())) {
            assertThatThrownBy(() -> as(otto).get(unknown))
                    .isExactlyInstanceOf(NoSuchPatientException.class)
                    .hasMessage("no such patient");
            assertThatThrownBy(() -> as(otto).update(unknown, ASHA)).isInstanceOf(NoSuchPatientException.class);
            assertThatThrownBy(() -> as(otto).delete(unknown)).isInstanceOf(NoSuchPatientException.class);
        }
        assertThat(as(otto).list(null, 10).items()).isEmpty();
    }

    @Test
    void aChangeIsSignedAnewAndTheTwinStays() throws Exception {
        UUID id = as(owner).register(ASHA);
        PatientDetails twin = as(low).get(id).details();
        PatientDetails moved =
                new PatientDetails("Asha Rao", null, null, null, null, "1 New Street", null, null, List.of(), null);

        as(owner).update(id, moved);

        assertThat(as(owner).get(id).details()).isEqualTo(moved);
        assertThat(as(low).get(id).details()).isEqualTo(twin);
    }

    @Test
    void whatAnIntruderChangesStaysInTheTwin() throws Exception {
        UUID id = as(owner).register(ASHA);
        PatientDetails forged = new PatientDetails("Nobody", null, null, null, null, null, null, null, List.of(), null);

        as(low).update(id, forged);

        assertThat(as(low).get(id).details()).isEqualTo(forged);
        assertThat(as(owner).get(id).details()).isEqualTo(ASHA);
        as(low).delete(id);
        assertThatThrownBy(() -> as(low).get(id)).isInstanceOf(NoSuchPatientException.class);
        assertThat(hospital.b.patient(id)).as("the twin outlives an intruder").isPresent();
    }

    @Test
    void aTamperedFileIsAnError() throws Exception {
        UUID id = as(owner).register(ASHA);
        UUID other = as(owner).register(ASHA);
        SealedPatient row = hospital.a.patient(id).orElseThrow();
        SealedPatient its = hospital.a.patient(other).orElseThrow();

        hospital.a.plant(new SealedPatient(
                id, row.owner(), row.state(), 1, row.createdAt(), row.updatedAt(), its.sealed(), its.signature()));

        assertThatThrownBy(() -> as(owner).get(id)).isInstanceOf(IntegrityException.class);
        assertThatThrownBy(() -> as(owner).update(id, ASHA))
                .as("what is not genuine is not signed over")
                .isInstanceOf(IntegrityException.class);
        hospital.a.plant(new SealedPatient(
                id,
                TestHospital.OTHER_OWNER,
                row.state(),
                1,
                row.createdAt(),
                row.updatedAt(),
                row.sealed(),
                row.signature()));
        assertThatThrownBy(() -> as(doctor).get(id))
                .as("another's name under it")
                .isInstanceOf(IntegrityException.class);
    }

    @Test
    void aTwinThatCouldNotBeMadeIsMadeLaterAndUntilThenDoctorsSeeNobody() throws Exception {
        hospital.b.failing = "savePatient";
        UUID id = as(owner).register(ASHA);
        hospital.b.failing = null;

        assertThat(as(owner).get(id).details()).isEqualTo(ASHA);
        assertThatThrownBy(() -> as(doctor).get(id)).isInstanceOf(NoSuchPatientException.class);
        assertThat(as(doctor).list(null, 10).items()).isEmpty();
        hospital.clock.pass(Duration.ofMinutes(1));
        Later.workOff(hospital);

        assertThat(as(doctor).get(id).details()).isEqualTo(ASHA);
        assertThat(as(low).get(id).details().name()).isNotEqualTo("Asha Rao");
    }

    @Test
    void deletingAPatientDeletesTheRecordsAndTheTwins() throws Exception {
        UUID id = as(owner).register(ASHA);
        UUID record = new TestRecords(hospital).record(owner, id, new byte[] {'x'});

        as(owner).delete(id);

        assertThatThrownBy(() -> as(owner).get(id)).isInstanceOf(NoSuchPatientException.class);
        assertThat(hospital.a.record(record)).isEmpty();
        assertThat(hospital.b.record(record)).isEmpty();
        assertThat(hospital.b.patient(id)).isEmpty();
    }

    @Test
    void fieldsThatCannotBeKeptAreNamed() {
        assertThatThrownBy(() -> as(owner)
                        .register(new PatientDetails(" ", null, null, null, null, null, null, null, List.of(), null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("name"));
        assertThatThrownBy(() -> as(owner)
                        .register(new PatientDetails(
                                "A", LocalDate.of(2999, 1, 1), null, null, null, null, null, null, List.of(), null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("birthDate"));
    }

    @Test
    void listsPageByCursor() throws Exception {
        for (int i = 0; i < 7; i++) {
            as(owner).register(ASHA);
            hospital.clock.pass(Duration.ofSeconds(1));
        }

        List<UUID> seen = new ArrayList<>();
        String after = null;
        do {
            var page = as(owner).list(after, 3);
            page.items().forEach(view -> seen.add(view.id()));
            after = page.next();
        } while (after != null);

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void aNameIsFoundByItsPartsWithoutAccentsThroughAllPages() throws Exception {
        UUID ada = as(owner).register(named("Ada Müller-Łukasz"));
        for (int i = 0; i < Page.MOST + 10; i++) {
            hospital.clock.pass(Duration.ofSeconds(1));
            as(owner).register(named("Somebody Else " + i));
        }

        assertThat(as(owner).search("muller  ADA", null, 5).items())
                .extracting(PatientView::id)
                .containsExactly(ada);
        assertThat(as(owner).search("ada else", null, 5).items()).isEmpty();
        assertThat(as(hospital.proven(TestHospital.OTHER_OWNER, "data-owner"))
                        .search("muller", null, 5)
                        .items())
                .isEmpty();
    }

    @Test
    void aListReadsFromOldToNewAsWell() throws Exception {
        List<UUID> registered = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            registered.add(as(owner).register(named("Patient " + i)));
            hospital.clock.pass(Duration.ofSeconds(1));
        }

        List<UUID> seen = new ArrayList<>();
        String after = Page.OLDEST_FIRST;
        do {
            var page = as(owner).list(after, 2);
            page.items().forEach(view -> seen.add(view.id()));
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactlyElementsOf(registered);
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        assertThatThrownBy(() -> as(owner).list("yesterday", 10))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("after"));
    }

    private static PatientDetails named(String name) {
        return new PatientDetails(name, null, null, null, null, null, null, null, List.of(), null);
    }
}

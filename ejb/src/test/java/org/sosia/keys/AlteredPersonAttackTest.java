package org.sosia.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.identity.Credentials;
import org.sosia.lane.Hospital;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.patients.Patients;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Person;
import org.sosia.persistence.PersonState;

/**
 * Whoever can write to cloud A sets the state of a person who waits for approval, or was taken out, to approved: one column, in clear.
 * Somebody in league with her then signs in and is in the real hospital. And somebody uses a moment in which two administrators change
 * the same person: the change that was read first and written last brings back what the other took away.
 */
class AlteredPersonAttackTest {
    private final TestHospital hospital = new TestHospital();
    private final Hospital real = hospital.real();

    private AuditEvent event() {
        return real.event(hospital.proven("sam", "cloud-operator"), "TEST", null, java.util.Map.of());
    }

    private void setState(String subject, PersonState state) {
        Person row = hospital.a.person(subject).orElseThrow();
        hospital.a.savePerson(new Person(subject, state, row.since(), row.sealed()), event());
    }

    private void isNotLetIn(Credentials who) {
        assertThatThrownBy(() -> hospital.signIn(who).bean(Patients.class).list(null, 10))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void nobodyIsApprovedByAColumn() {
        real.persons()
                .save(
                        RegisteredPerson.pending(
                                "mallory", hospital.clock.instant(), "Mallory", Set.of("doctor"), Set.of(), Set.of()),
                        event());

        setState("mallory", PersonState.APPROVED);

        isNotLetIn(hospital.proven("mallory", "doctor"));
    }

    @Test
    void nobodyWhoWasTakenOutIsBackByAColumn() throws Exception {
        real.persons().disable(TestHospital.DOCTOR, hospital.clock.instant(), event());

        setState(TestHospital.DOCTOR, PersonState.APPROVED);

        isNotLetIn(hospital.proven(TestHospital.DOCTOR, "doctor"));
    }

    @Test
    void whoIsTakenOutWhileSomethingElseOfHersChangesStaysOut() throws Exception {
        UUID patient = UUID.randomUUID();
        hospital.a.meanwhile = () -> disable(TestHospital.PATIENT);

        real.persons().link(TestHospital.PATIENT, patient, event());

        RegisteredPerson after = real.persons().find(TestHospital.PATIENT).orElseThrow();
        assertThat(after.state()).isEqualTo(PersonState.DISABLED);
        assertThat(after.patients()).contains(patient);
    }

    private RegisteredPerson waiting() {
        RegisteredPerson nina = RegisteredPerson.pending(
                "nina",
                hospital.clock.instant(),
                "Nina",
                Set.of("doctor"),
                Set.of(Attribute.of("role", "doctor")),
                Set.of());
        real.persons().save(nina, event());
        return nina;
    }

    @Test
    void whatIsChangedWhileSheIsApprovedStays() throws Exception {
        RegisteredPerson seen = waiting();
        UUID patient = UUID.randomUUID();
        real.persons().link("nina", patient, event());

        RegisteredPerson approved = real.persons().approve(seen, hospital.clock.instant(), event());

        assertThat(approved.patients()).containsExactly(patient);
        assertThat(real.persons().find("nina").orElseThrow().state()).isEqualTo(PersonState.APPROVED);
    }

    @Test
    void whoIsTakenOutAtTheMomentSheIsApprovedStaysOutAndHasNoKey() throws Exception {
        RegisteredPerson seen = waiting();
        hospital.a.meanwhile = () -> disable("nina");

        RegisteredPerson after = real.persons().approve(seen, hospital.clock.instant(), event());

        assertThat(after.state()).isEqualTo(PersonState.DISABLED);
        assertThat(real.persons().find("nina").orElseThrow().state()).isEqualTo(PersonState.DISABLED);
        assertThat(hospital.b.renewTransformKey("1", "nina", new byte[32], new byte[0]))
                .as("there is a key that could be renewed")
                .isFalse();
    }

    @Test
    void ofTwoWhoApproveAtTheSameMomentTheKeysFitTogether() throws Exception {
        RegisteredPerson seen = waiting();
        hospital.a.meanwhile = () -> approve(seen);

        RegisteredPerson after = real.persons().approve(seen, hospital.clock.instant(), event());

        RetrievalImage image =
                after.retrievalKey().orElseThrow().image(real.keys().parameters());
        assertThat(TransformKey.decode(hospital.b.transformKey("1", "nina"))
                        .isIssuedTo(real.keys().parameters(), image))
                .isTrue();
    }

    private void approve(RegisteredPerson seen) {
        try {
            real.persons().approve(seen, hospital.clock.instant(), event());
        } catch (GeneralSecurityException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void disable(String subject) {
        try {
            real.persons().disable(subject, hospital.clock.instant(), event());
        } catch (GeneralSecurityException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}

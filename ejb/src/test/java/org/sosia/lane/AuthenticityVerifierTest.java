package org.sosia.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.Incident;
import org.sosia.persistence.IncidentFilter;

/** Every proof about a person is needed: whichever one is missing, alone, the twin hospital is where they are. */
class AuthenticityVerifierTest {

    private final TestHospital hospital = new TestHospital();
    private final Credentials dora = hospital.proven(TestHospital.DOCTOR, "doctor");

    private Lane laneOf(Credentials who) {
        return hospital.signIn(who).bean(Lanes.class).hospital().lane();
    }

    @Test
    void everyProofTogetherLeadsToTheRealHospital() {
        assertThat(laneOf(dora)).isEqualTo(Lane.ORIGINAL);
    }

    @Test
    void nobodyIsInTheTwin() {
        assertThat(hospital.signOut().bean(Lanes.class).hospital().lane()).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void aPasswordAloneIsNotEnough() {
        assertThat(laneOf(TestHospital.withAssurance(dora, 1))).isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(TestHospital.withAssurance(dora, 0))).isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(TestHospital.withAssurance(dora, -1))).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void anOldSignInIsNotEnough() {
        assertThat(laneOf(signedInAt(hospital.clock.instant().minus(Duration.ofHours(8)))))
                .isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(signedInAt(
                        hospital.clock.instant().minus(Duration.ofHours(8)).plusSeconds(1))))
                .isEqualTo(Lane.ORIGINAL);
    }

    @Test
    void aSignInFromTheFutureIsNotEnough() {
        assertThat(laneOf(signedInAt(hospital.clock.instant().plusSeconds(3600))))
                .isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(signedInAt(hospital.clock.instant().plusSeconds(30)))).isEqualTo(Lane.ORIGINAL);
    }

    private Credentials signedInAt(Instant when) {
        return new Credentials(
                dora.subject(), dora.name(), dora.roles(), 2, when, dora.session(), "c", "s", false, false);
    }

    @Test
    void whomTheProviderLetInOnPurposeIsInTheTwin() {
        Credentials honey = new Credentials(
                dora.subject(), dora.name(), dora.roles(), 2, dora.authenticatedAt(), "s", "c", "s", false, true);

        assertThat(laneOf(honey)).isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(honey)).isEqualTo(Lane.DUPLICATE);
        assertThat(hospital.b.incidents(new IncidentFilter(null, "honey-account", null, 10)))
                .as("reported once")
                .singleElement()
                .extracting(Incident::count)
                .isEqualTo(1);
    }

    @Test
    void somebodyNotRegisteredIsInTheTwin() {
        assertThat(laneOf(hospital.proven("uma", "doctor"))).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void aRoleThatWasNeverApprovedIsNoRole() {
        assertThat(laneOf(hospital.proven(TestHospital.DOCTOR, "security-desk")))
                .isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(hospital.proven(TestHospital.DOCTOR, "offline_access")))
                .isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(roles(Set.of("doctor", "cloud-operator")))).isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(roles(Set.of("doctor", "offline_access")))).isEqualTo(Lane.ORIGINAL);
        assertThat(laneOf(roles(Set.of()))).isEqualTo(Lane.DUPLICATE);
    }

    private Credentials roles(Set<String> roles) {
        return new Credentials(
                dora.subject(), dora.name(), roles, 2, dora.authenticatedAt(), dora.session(), "c", "s", false, false);
    }

    @Test
    void aPersonDisabledSinceIsInTheTwinAtOnce() throws Exception {
        assertThat(laneOf(dora)).isEqualTo(Lane.ORIGINAL);

        hospital.real()
                .persons()
                .disable(
                        TestHospital.DOCTOR,
                        hospital.clock.instant(),
                        hospital.real().event(dora, "DISABLE", null, java.util.Map.of()));

        assertThat(laneOf(dora)).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void aSessionThatWasDeceivedStaysSoAndOnlyThatSession() {
        SessionMarks marks = hospital.bean(SessionMarks.class);
        marks.wrongTry(dora);
        marks.wrongTry(dora);
        assertThat(laneOf(dora)).isEqualTo(Lane.ORIGINAL);

        marks.wrongTry(dora);

        assertThat(laneOf(dora)).isEqualTo(Lane.DUPLICATE);
        assertThat(laneOf(TestHospital.in(dora, "another"))).isEqualTo(Lane.ORIGINAL);
        hospital.b.away = true;
        assertThat(hospital.bean(AuthenticityVerifier.class).verify(dora)).isEqualTo(Lane.DUPLICATE);
    }

    @Test
    void whoFailsAnInexpensiveProofNeverCausesACallToTheOriginalStore() {
        hospital.a.calls.clear();

        laneOf(TestHospital.withAssurance(dora, 1));

        assertThat(hospital.a.calls).isEmpty();
    }

    @Test
    void aProofThatCannotBeCheckedIsAnErrorAndNotTheTwin() {
        hospital.a.away = true;
        assertThatThrownBy(() -> laneOf(dora)).isInstanceOf(RuntimeException.class);
        hospital.a.away = false;
        hospital.b.away = true;
        assertThatThrownBy(() -> laneOf(TestHospital.in(dora, "never seen before")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void withCloudBAwayWhoWasSeenCleanALittleWhileAgoIsBelieved() {
        laneOf(dora);
        hospital.b.away = true;

        assertThat(laneOf(dora)).isEqualTo(Lane.ORIGINAL);
        hospital.clock.pass(Duration.ofMinutes(11));
        assertThatThrownBy(() -> laneOf(dora)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void theCallerOfARequestDoesNotChange() {
        Caller caller = hospital.signIn(dora).bean(Caller.class);

        assertThatThrownBy(() -> caller.establish(hospital.proven(TestHospital.OWNER, "data-owner")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void releasingAKeyNeedsAFreshSignInInEitherHospitalAlike() throws Exception {
        hospital.signIn(dora).bean(Lanes.class).requireFreshSignIn();
        Credentials stale = signedInAt(hospital.clock.instant().minus(Duration.ofMinutes(16)));

        for (Credentials who : new Credentials[] {stale, TestHospital.withAssurance(stale, 1)}) {
            assertThatThrownBy(() -> hospital.signIn(who).bean(Lanes.class).requireFreshSignIn())
                    .isInstanceOfSatisfying(
                            StepUpRequiredException.class,
                            refused -> assertThat(refused.maxAge()).isEqualTo(Duration.ofMinutes(15)));
        }
    }

    @Test
    void aNewcomerToTheTwinBecomesOneOfItsPeopleUnderAnotherName() throws Exception {
        laneOf(hospital.proven("uma", "doctor"));

        RegisteredPerson uma = hospital.twin().persons().find("uma").orElseThrow();
        assertThat(uma.name()).isNotEqualTo("Name of uma");
        assertThat(uma.retrievalKey()).isPresent();
        assertThat(hospital.real().persons().find("uma")).isEmpty();
    }
}

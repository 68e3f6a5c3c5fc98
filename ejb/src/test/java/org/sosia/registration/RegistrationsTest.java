package org.sosia.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.identity.Credentials;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.lane.TestHospital;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Story;

class RegistrationsTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials operator = hospital.proven("carl", "cloud-operator");
    private final Credentials authority = hospital.proven("kim", "key-authority");

    @BeforeEach
    void twoAdministratorsAreThere() {
        hospital.enrol("carl", "cloud-operator", Set.of());
        hospital.enrol("kim", "key-authority", Set.of());
    }

    private Registrations registrations(Credentials who) {
        return hospital.signIn(who).bean(Registrations.class);
    }

    private RegistrationView register(Credentials by, String subject) throws Exception {
        return registrations(by)
                .register(subject, "Newly Come", "doctor", Set.of("role:doctor", "department:cardiology"), null);
    }

    @Test
    void aPersonIsProvenOnlyOnceApproved() throws Exception {
        UUID record = story.record(story.owner);
        register(authority, "nina");
        Credentials nina = hospital.proven("nina", "doctor");
        story.ask(nina, record);

        assertThat(hospital.a.requests(new org.sosia.persistence.RequestFilter("olga", null, null, null, null, 10)))
                .as("asked in the twin hospital")
                .isEmpty();
        assertThat(registrations(operator).approve("nina").state()).isEqualTo(RegistrationState.APPROVED);

        String key =
                story.approve(story.owner, story.ask(nina, record)).partialKey().orElseThrow();
        assertThat(story.open(nina, record, key)).isEqualTo(NOTE);
    }

    /** An operator registers and approves: with trustees of her own making she would open every record. */
    @Test
    void theKeyAuthorityAloneMakesTrustees() throws Exception {
        Set<String> attributes = Set.of("role:doctor", "emergency:trustee");

        assertThatThrownBy(() -> registrations(operator).register("tina", "Tina", "doctor", attributes, null))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("attributes"));
        registrations(authority).register("tina", "Tina", "doctor", attributes, null);
        assertThat(registrations(operator).approve("tina").attributes()).contains("emergency:trustee");
    }

    @Test
    void whoIsTakenOutOpensNothingFromThatMoment() throws Exception {
        UUID record = story.record(story.owner);
        String key = story.approve(story.owner, story.ask(story.doctor, record))
                .partialKey()
                .orElseThrow();
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);

        assertThat(registrations(operator).disable(TestHospital.DOCTOR).state()).isEqualTo(RegistrationState.DISABLED);

        assertThat(story.open(story.doctor, record, key)).isNotEqualTo(NOTE);
        assertThat(hospital.b.transform(
                        "1",
                        TestHospital.DOCTOR,
                        hospital.a.record(record).orElseThrow().header()))
                .isEmpty();
    }

    @Test
    void theTwinFollowsUnderAnotherName() throws Exception {
        register(authority, "nina");
        registrations(operator).approve("nina");

        RegistrationView twins =
                registrations(hospital.low("carl", "cloud-operator")).get("nina");

        assertThat(twins.state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(twins.attributes()).containsExactly("department:cardiology", "role:doctor");
        assertThat(twins.name()).isNotEqualTo("Newly Come").isNotBlank();
    }

    @Test
    void whatIsDecidedInTheTwinStaysThere() throws Exception {
        Credentials low = hospital.low("carl", "cloud-operator");
        register(hospital.low("kim", "key-authority"), "mallory");
        registrations(low).approve("mallory");
        registrations(low).disable(TestHospital.DOCTOR);

        assertThatThrownBy(() -> registrations(operator).get("mallory")).isInstanceOf(NoSuchPersonException.class);
        assertThat(registrations(operator).get(TestHospital.DOCTOR).state()).isEqualTo(RegistrationState.APPROVED);
    }

    /** Whoever registers and approves alone makes doctors of her own, with whatever attributes she likes. */
    @Test
    void whoRegisteredDoesNotApprove() throws Exception {
        for (Credentials each : List.of(operator, authority)) {
            String account = "of-" + each.subject();
            assertThat(register(each, account).registrant()).isEqualTo(each.subject());
            assertThatThrownBy(() -> registrations(each).approve(account))
                    .isInstanceOf(SecondPersonNeededException.class);
            assertThat(registrations(each).get(account).state()).isEqualTo(RegistrationState.PENDING);

            Credentials other = each.equals(operator) ? authority : operator;
            assertThat(registrations(other).approve(account).state()).isEqualTo(RegistrationState.APPROVED);
        }
    }

    @Test
    void whoRegisteredDoesNotTakeInAgainEither() throws Exception {
        register(operator, "nina");
        registrations(authority).approve("nina");
        registrations(authority).disable("nina");

        assertThatThrownBy(() -> registrations(operator).approve("nina"))
                .isInstanceOf(SecondPersonNeededException.class);
        assertThat(registrations(authority).approve("nina").state()).isEqualTo(RegistrationState.APPROVED);
    }

    /** What an intruder in the twin hospital may do must not differ: the twin knows who registered, too. */
    @Test
    void theTwinAsksForASecondPersonAsWell() throws Exception {
        register(operator, "nina");

        assertThatThrownBy(() ->
                        registrations(hospital.low("carl", "cloud-operator")).approve("nina"))
                .isInstanceOf(SecondPersonNeededException.class);
    }

    @Test
    void approvingNeedsAFreshSignIn() throws Exception {
        register(authority, "nina");
        hospital.clock.pass(Duration.ofMinutes(16));

        assertThatThrownBy(() -> registrations(operator).approve("nina")).isInstanceOf(StepUpRequiredException.class);
    }

    @Test
    void anAccountIsRegisteredOnce() throws Exception {
        register(operator, "nina");

        assertThatThrownBy(() -> register(operator, "nina"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("subject"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', Name, doctor, role:doctor, subject",
        "nina, ' ', doctor, role:doctor, name",
        "nina, Name, emperor, role:doctor, role",
        "nina, Name, doctor, not an attribute, attributes"
    })
    void eachWrongFieldIsNamed(String subject, String name, String role, String attribute, String field) {
        assertThatThrownBy(() -> registrations(operator).register(subject, name, role, Set.of(attribute), null))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    @Test
    void approvingAndDisablingTwiceChangesNothing() throws Exception {
        register(authority, "nina");

        RegistrationView first = registrations(operator).approve("nina");
        assertThat(registrations(operator).approve("nina")).isEqualTo(first);
        RegistrationView out = registrations(operator).disable("nina");
        assertThat(registrations(operator).disable("nina")).isEqualTo(out);
        assertThat(registrations(operator).approve("nina").state())
                .as("taken in again")
                .isEqualTo(RegistrationState.APPROVED);
    }

    @Test
    void whatSomebodyHoldsCanBeNamed() throws Exception {
        assertThat(registrations(operator).attributes())
                .containsExactly("department:cardiology", "department:oncology", "role:doctor", "role:patient");

        registrations(operator).disable(TestHospital.OTHER_DOCTOR);

        assertThat(registrations(operator).attributes()).doesNotContain("department:oncology");
    }

    @Test
    void personsArePaged() throws Exception {
        List<String> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            var page = registrations(operator).list(after, 2);
            page.items().forEach(person -> all.add(person.subject()));
            after = page.next();
        } while (after != null);

        assertThat(all).containsExactly("carl", "derek", "dora", "kim", "olga", "otto", "pat");
    }

    @Test
    void personsAreFoundByWhatIsSaidOfThemAndByState() throws Exception {
        registrations(operator).disable(TestHospital.OTHER_DOCTOR);

        assertThat(registrations(operator)
                        .search("cardio DOCTOR", null, null, 10)
                        .items())
                .extracting(RegistrationView::subject)
                .containsExactly(TestHospital.DOCTOR);
        assertThat(registrations(operator)
                        .search("", RegistrationState.DISABLED, null, 10)
                        .items())
                .extracting(RegistrationView::subject)
                .containsExactly(TestHospital.OTHER_DOCTOR);
        assertThat(registrations(operator).search("nobody", null, null, 10).items())
                .isEmpty();
    }
}

package org.sosia.web.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.policy.AccessPolicy;

class PolicyBuilderTest {
    private final PolicyBuilder builder = new PolicyBuilder();

    @Test
    void nothingChosenIsNoPolicy() {
        assertThat(builder.text()).isEmpty();
    }

    @Test
    void attributesOfOneGroupAreAllNeeded() {
        builder.require(0, "role:doctor");
        builder.require(0, "department:cardiology");

        assertThat(builder.text()).isEqualTo("role:doctor and department:cardiology");
    }

    @Test
    void groupsAreAlternativesAndKeepTogether() {
        builder.require(0, "role:doctor");
        builder.require(0, "department:cardiology");
        builder.allowInstead("role:patient");

        assertThat(builder.text()).isEqualTo("(role:doctor and department:cardiology) or role:patient");
    }

    @Test
    void anAttributeIsAskedForOnce() {
        builder.require(0, "role:doctor");
        builder.require(0, "role:doctor");

        assertThat(builder.text()).isEqualTo("role:doctor");
    }

    @Test
    void anEmptiedAlternativeGoes() {
        builder.require(0, "role:doctor");
        builder.allowInstead("role:patient");

        builder.drop(1, "role:patient");

        assertThat(builder.groups()).containsExactly(List.of("role:doctor"));
        assertThat(builder.text()).isEqualTo("role:doctor");
    }

    @Test
    void theLastChoiceCanBeTakenBack() {
        builder.require(0, "role:doctor");

        builder.drop(0, "role:doctor");

        assertThat(builder.groups()).containsExactly(List.of());
        assertThat(builder.text()).isEmpty();
    }

    @Test
    void whatItSaysIsAPolicy() throws Exception {
        builder.require(0, "role:doctor");
        builder.require(0, "department:cardiology");
        builder.allowInstead("department:oncology");

        assertThat(AccessPolicy.parse(builder.text()).attributes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role:doctor",
                "role:doctor and department:cardiology",
                "(role:doctor and department:cardiology) or role:patient",
                "a:b or c:d or (e:f and g:h and i:j)"
            })
    void choicesGoOnFromAPolicyThatTheySay(String policy) {
        assertThat(PolicyBuilder.saying(policy).text()).isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "role:doctor and (department:cardiology or department:oncology)",
                "(role:doctor)",
                "2 of (a:b, c:d, e:f)",
                "ward:\"3 and 4\"",
                "role:doctor  and  a:b"
            })
    void aPolicyThatIsWrittenOtherwiseLeavesThemEmpty(String policy) {
        assertThat(PolicyBuilder.saying(policy).groups()).containsExactly(List.of());
    }
}

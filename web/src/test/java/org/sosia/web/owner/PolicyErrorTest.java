package org.sosia.web.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyErrorTest {
    @Test
    void marksTheWordThatIsNotUnderstood() {
        assertThat(PolicyError.at("role:doctor und role:nurse", 12, "and"))
                .isEqualTo(new PolicyError("role:doctor ", "und", " role:nurse", "and"));
    }

    @Test
    void marksABlankWhereTheTextEndsTooSoon() {
        assertThat(PolicyError.at("role:doctor and", 15, "attribute"))
                .isEqualTo(new PolicyError("role:doctor and", "\u00a0", "", "attribute"));
    }

    @Test
    void marksAParenthesisAlone() {
        assertThat(PolicyError.at("role:doctor)", 11, "end").there()).isEqualTo(")");
    }

    @Test
    void aPositionOutsideTheTextMarksItsEnd() {
        assertThat(PolicyError.at("role", 99, "value").before()).isEqualTo("role");
        assertThat(PolicyError.at("role", -1, "value").there()).isEqualTo("role");
    }
}

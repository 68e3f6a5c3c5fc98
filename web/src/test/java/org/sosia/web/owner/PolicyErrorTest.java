package org.sosia.web.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;

class PolicyErrorTest {
    @Test
    void marksTheWordThatIsNotUnderstood() {
        assertThat(PolicyError.at("role:doctor und role:nurse", 12, Expected.CONNECTIVE))
                .isEqualTo(new PolicyError("role:doctor ", "und", " role:nurse", Expected.CONNECTIVE));
    }

    @Test
    void marksABlankWhereTheTextEndsTooSoon() {
        assertThat(PolicyError.at("role:doctor and", 15, Expected.ATTRIBUTE))
                .isEqualTo(new PolicyError("role:doctor and", "\u00a0", "", Expected.ATTRIBUTE));
    }

    @Test
    void marksAParenthesisAlone() {
        assertThat(PolicyError.at("role:doctor)", 11, Expected.END).there()).isEqualTo(")");
    }

    @Test
    void aPositionOutsideTheTextMarksItsEnd() {
        assertThat(PolicyError.at("role", 99, Expected.VALUE).before()).isEqualTo("role");
        assertThat(PolicyError.at("role", -1, Expected.VALUE).there()).isEqualTo("role");
    }
}

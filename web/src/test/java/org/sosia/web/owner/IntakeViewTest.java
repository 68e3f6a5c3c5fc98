package org.sosia.web.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntakeViewTest {
    @Test
    void codesStandBetweenCommasOrBlanksAndInCapitals() {
        assertThat(IntakeView.codes(" r05, R50.9;r05\n j11 ")).containsExactly("R05", "R50.9", "J11");
    }

    @Test
    void nothingTypedIsNoCode() {
        assertThat(IntakeView.codes(null)).isEmpty();
        assertThat(IntakeView.codes(" , ")).isEmpty();
    }
}

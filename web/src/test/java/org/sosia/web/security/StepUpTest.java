package org.sosia.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepUpTest {
    private static final Instant ASKED = Instant.parse("2026-11-21T10:00:00Z");

    private final StepUp stepUp = new StepUp(ASKED, "/owner/requests.xhtml");

    @Test
    void aFreshLoginWithTheSecondFactorMeetsIt() {
        assertThat(stepUp.isMetBy(claims("2", ASKED.plusSeconds(20)))).isTrue();
    }

    @Test
    void aFreshLoginWithoutTheSecondFactorDoesNot() {
        assertThat(stepUp.isMetBy(claims("1", ASKED.plusSeconds(20)))).isFalse();
    }

    @Test
    void aLoginFromBeforeDoesNot() {
        assertThat(stepUp.isMetBy(claims("2", ASKED.minusSeconds(120)))).isFalse();
    }

    @Test
    void aTokenThatDoesNotSayWhenDoesNot() {
        assertThat(stepUp.isMetBy(new PersonClaims(Map.of("acr", "2")))).isFalse();
    }

    private static PersonClaims claims(String acr, Instant authenticatedAt) {
        return new PersonClaims(Map.of("acr", acr, "auth_time", authenticatedAt.getEpochSecond()));
    }
}

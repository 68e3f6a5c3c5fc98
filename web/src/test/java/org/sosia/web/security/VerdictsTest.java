package org.sosia.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final TestClock clock = new TestClock();
    private final ScriptedProvider provider = new ScriptedProvider();
    private final Verdicts verdicts = new Verdicts(clock);

    @BeforeEach
    void wire() {
        verdicts.provider = provider;
        verdicts.settings = new IdentityProviderSettings();
        verdicts.settings.introspectionMaxAge = Duration.ofSeconds(5);
    }

    @Test
    void aLivingSessionIsGenuine() {
        provider.answer = Json.createObjectBuilder().add("active", true).build();

        assertThat(verdicts.of("s1", "t1")).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void theNoteTellsThatAnIntruderWasLetIn() {
        provider.answer = Json.createObjectBuilder()
                .add("active", true)
                .add("sosia_verdict", "deceived")
                .build();

        assertThat(verdicts.of("s1", "t1")).isEqualTo(Verdict.DECEIVED);
    }

    @Test
    void aSessionIsAskedAboutOnceInAWhile() {
        provider.answer = Json.createObjectBuilder().add("active", true).build();

        verdicts.of("s1", "t1");
        verdicts.of("s1", "t1");
        assertThat(provider.asked).isEqualTo(1);

        clock.now = clock.now.plusSeconds(6);
        verdicts.of("s1", "t1");
        assertThat(provider.asked).isEqualTo(2);
    }

    @Test
    void thatATokenHasEndedIsNotRememberedOfItsSession() {
        provider.answer = Json.createObjectBuilder().add("active", false).build();
        assertThat(verdicts.of("s1", "old")).isEqualTo(Verdict.ENDED);

        provider.answer = Json.createObjectBuilder().add("active", true).build();
        assertThat(verdicts.of("s1", "new")).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void whatCannotBeAskedIsUnknownAndNotGenuine() {
        provider.answer = null;

        assertThat(verdicts.of("s1", "t1")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aSilentProviderIsLeftAloneForAMoment() {
        provider.answer = null;
        verdicts.of("s1", "t1");
        verdicts.of("s2", "t2");
        assertThat(provider.asked).isEqualTo(1);

        provider.answer = Json.createObjectBuilder().add("active", true).build();
        clock.now = clock.now.plusSeconds(3);
        assertThat(verdicts.of("s2", "t2")).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void aForgottenSessionIsAskedAboutAgain() {
        provider.answer = Json.createObjectBuilder().add("active", true).build();
        verdicts.of("s1", "t1");

        verdicts.forget("s1");
        verdicts.of("s1", "t1");

        assertThat(provider.asked).isEqualTo(2);
    }

    private static final class ScriptedProvider extends IdentityProvider {
        private @Nullable JsonObject answer;
        private int asked;

        @Override
        JsonObject introspect(String accessToken) throws IdentityProviderUnavailableException {
            asked++;
            if (answer == null) {
                throw new IdentityProviderUnavailableException("test");
            }
            return answer;
        }
    }

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}

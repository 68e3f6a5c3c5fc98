package org.sosia.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.keycloak.Deception.Settings;

class DeceptionTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Settings SHARE_ONLY = new Settings(true, 200, 0, Duration.ofMinutes(10));
    private static final Settings THRESHOLD_ONLY = new Settings(true, 0, 5, Duration.ofMinutes(10));

    private final Deception deception = new Deception("a key of sufficient length".getBytes(UTF_8));

    private boolean tries(Settings settings, String source, String user, String password) {
        return deception.admits(settings, source, user, password, NOON);
    }

    @Test
    void aboutOneWrongPasswordInTwoHundredSucceeds() {
        long hits = IntStream.range(0, 20_000)
                .filter(i -> tries(SHARE_ONLY, "192.0.2.1", "dora.doctor", "guess" + i))
                .count();

        // Binomial(20000, 1/200): mean 100, deviation 10. The key is fixed, so this never varies.
        assertThat(hits).isBetween(60L, 140L);
    }

    @Test
    void theSamePairAlwaysGetsTheSameAnswer() {
        String lucky = IntStream.range(0, 20_000)
                .mapToObj(i -> "guess" + i)
                .filter(guess -> tries(SHARE_ONLY, "192.0.2.1", "dora.doctor", guess))
                .findFirst()
                .orElseThrow();

        assertThat(tries(SHARE_ONLY, "198.51.100.7", "Dora.Doctor", lucky)).isTrue();
        assertThat(tries(SHARE_ONLY, "198.51.100.7", "dora.doctor", lucky + "x"))
                .isFalse();
    }

    @Test
    void anotherKeyAdmitsOthers() {
        var other = new Deception("another key, just as long".getBytes(UTF_8));

        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> other.admits(SHARE_ONLY, "192.0.2.1", "dora.doctor", "guess" + i, NOON)
                                != tries(SHARE_ONLY, "192.0.2.1", "dora.doctor", "guess" + i))
                        .count())
                .isPositive();
    }

    @Test
    void aSourceThatGoesOnGuessingSucceedsBeyondTheThreshold() {
        for (int i = 0; i < 5; i++) {
            assertThat(tries(THRESHOLD_ONLY, "192.0.2.1", "user" + i, "guess")).isFalse();
        }

        assertThat(tries(THRESHOLD_ONLY, "192.0.2.1", "user5", "guess")).isTrue();
        assertThat(tries(THRESHOLD_ONLY, "198.51.100.7", "user6", "guess"))
                .as("another source")
                .isFalse();
    }

    @Test
    void whatSucceededOnceSucceedsFromElsewhereToo() {
        IntStream.rangeClosed(0, 5).forEach(i -> tries(THRESHOLD_ONLY, "192.0.2.1", "user" + i, "guess"));

        assertThat(tries(THRESHOLD_ONLY, "198.51.100.7", "user5", "guess")).isTrue();
    }

    @Test
    void aDeviceThatRepeatsOneStalePasswordNeverGetsThere() {
        for (int i = 0; i < 100; i++) {
            assertThat(tries(THRESHOLD_ONLY, "192.0.2.1", "dora.doctor", "last year's"))
                    .isFalse();
        }
    }

    @Test
    void oldFailuresDoNotCount() {
        for (int i = 0; i < 50; i++) {
            assertThat(deception.admits(
                            THRESHOLD_ONLY, "192.0.2.1", "user" + i, "guess", NOON.plus(Duration.ofMinutes(3L * i))))
                    .isFalse();
        }
    }

    @Test
    void switchedOffNothingSucceeds() {
        var off = new Settings(false, 1, 1, Duration.ofMinutes(10));

        assertThat(IntStream.range(0, 100).filter(i -> tries(off, "192.0.2.1", "user" + i, "guess")))
                .isEmpty();
    }

    @Test
    void theBorderBetweenNameAndPasswordCounts() {
        var always = new Settings(true, 2, 0, Duration.ofMinutes(10));

        assertThat(IntStream.range(0, 64)
                        .filter(i -> tries(always, "192.0.2.1", "ab" + i, "c")
                                != tries(always, "192.0.2.1", "ab" + i + "c", ""))
                        .count())
                .isPositive();
    }

    @Test
    void aNameLeadsToTheSamePlantedIdentityAlways() {
        assertThat(deception.choose("dora.doctor", 7)).isEqualTo(deception.choose("Dora.Doctor", 7));
        assertThat(IntStream.range(0, 100).map(i -> deception.choose("user" + i, 7)))
                .allMatch(chosen -> chosen >= 0 && chosen < 7);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new Deception(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTypedNameBecomesWords() {
        assertThat(TypedNameMapper.words("dora.doctor")).containsExactly("Dora", "Doctor");
        assertThat(TypedNameMapper.words("..")).containsExactly("..");
    }
}

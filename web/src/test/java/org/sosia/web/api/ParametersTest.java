package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.sharing.RequestState;

class ParametersTest {
    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT8H, 2027-01-31T20:00:00Z",
        "P7D, 2027-02-07T12:00:00Z",
        "P2W, 2027-02-14T12:00:00Z",
        "P1M, 2027-02-28T12:00:00Z",
        "P1DT1M, 2027-02-01T12:01:00Z",
        "2027-06-01T00:00:00Z, 2027-06-01T00:00:00Z",
        "PT0S, 2027-01-31T12:00:00Z"
    })
    void anExpiryIsAnInstantOrADuration(String text, Instant expected) throws RefusedCallException {
        assertThat(Parameters.expiry(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "tomorrow", "P", "PT", "8h", "2027-06-01", "P99999999999999D", "PT9223372036854775807S"})
    void anythingElseIsNamed(String text) {
        assertThatThrownBy(() -> Parameters.expiry(text, NOW))
                .isInstanceOfSatisfying(
                        RefusedCallException.class,
                        refused -> assertThat(refused.problem().toJson()).contains("\"field\":\"expires\""));
    }

    @Test
    void aPageHoldsOneToTwoHundred() throws RefusedCallException {
        assertThat(Parameters.limit(null)).isEqualTo(Parameters.DEFAULT_LIMIT);
        assertThat(Parameters.limit("200")).isEqualTo(200);
        for (String wrong : new String[] {"0", "-1", "201", "many", "1e3", "99999999999"}) {
            assertThatThrownBy(() -> Parameters.limit(wrong)).isInstanceOf(RefusedCallException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "not-an-id", "00000000-0000-4000-8000-00000000000g", "../etc"})
    void whatIsNoIdNamesNothing(String text) {
        assertThat(Parameters.id(text)).isEmpty();
    }

    @Test
    void constantsAreReadInAnyCase() throws RefusedCallException {
        assertThat(Parameters.constant("state", RequestState.class, "pending")).isEqualTo(RequestState.PENDING);
        assertThatThrownBy(() -> Parameters.constant("state", RequestState.class, "lost"))
                .isInstanceOf(RefusedCallException.class);
    }
}

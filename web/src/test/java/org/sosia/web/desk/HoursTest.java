package org.sosia.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoursTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:00Z");

    @Test
    void theLastHourIsTheOneThatRuns() {
        var hours = Hours.of(List.of(NOW, NOW.minus(Duration.ofMinutes(19))), NOW);

        assertThat(hours.counts().get(23)).isEqualTo(2);
        assertThat(hours.total()).isEqualTo(2);
    }

    @Test
    void anHourBeginsWithItsFirstSecond() {
        var hours =
                Hours.of(List.of(Instant.parse("2026-11-21T10:00:00Z"), Instant.parse("2026-11-21T09:59:59Z")), NOW);

        assertThat(hours.counts().get(23)).isEqualTo(1);
        assertThat(hours.counts().get(22)).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanADayIsNotCounted() {
        var hours = Hours.of(List.of(NOW.minus(Duration.ofHours(24)), NOW.minus(Duration.ofDays(30))), NOW);

        assertThat(hours.total()).isZero();
    }

    @Test
    void theChartNamesHoursInTheReadersZone() {
        var chart = Hours.of(List.of(NOW), NOW).toChart("Incidents", ZoneOffset.ofHours(2));

        assertThat(chart).contains("\"12:00\"]").contains("\"type\":\"bar\"");
    }
}

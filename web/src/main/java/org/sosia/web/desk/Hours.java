package org.sosia.web.desk;

import jakarta.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How many events fell into each of the last 24 hours.
 *
 * @param end the end of the last hour, a full hour after which nothing is counted
 * @param counts 24 numbers, the oldest hour first
 */
record Hours(Instant end, List<Integer> counts) {
    private static final int HOURS = 24;

    /** Counts moments; those older than a day fall out. */
    static Hours of(List<Instant> moments, Instant now) {
        var end = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        var counts = new int[HOURS];
        for (var moment : moments) {
            long hour = HOURS - 1 - Math.floorDiv(end.getEpochSecond() - 1 - moment.getEpochSecond(), 3600L);
            if (hour >= 0 && hour < HOURS) {
                counts[(int) hour]++;
            }
        }
        return new Hours(end, IntStream.of(counts).boxed().toList());
    }

    int total() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    int most() {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** A bar chart for Chart.js; the page's own script gives it the page's colours. */
    String toChart(String label, ZoneId zone) {
        var labels = Json.createArrayBuilder();
        var data = Json.createArrayBuilder();
        var clock = DateTimeFormatter.ofPattern("HH:00", Locale.ROOT).withZone(zone);
        for (int hour = 0; hour < HOURS; hour++) {
            labels.add(clock.format(end.minus(HOURS - hour, ChronoUnit.HOURS)));
            data.add(counts.get(hour));
        }
        return Json.createObjectBuilder()
                .add("type", "bar")
                .add(
                        "data",
                        Json.createObjectBuilder()
                                .add("labels", labels)
                                .add(
                                        "datasets",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder()
                                                        .add("label", label)
                                                        .add("data", data)
                                                        .add("borderRadius", 3))))
                .add(
                        "options",
                        Json.createObjectBuilder().add("animation", false).add("maintainAspectRatio", false))
                .build()
                .toString();
    }
}

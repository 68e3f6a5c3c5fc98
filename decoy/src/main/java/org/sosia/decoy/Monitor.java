package org.sosia.decoy;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** A bedside monitor: vital signs from moment to moment, each close to the one before and all around the person's own day. */
final class Monitor {

    private final Persona who;
    private final Keystream stream;
    private final long stepSeconds;
    private final double[] off = new double[7];
    private Persona.Vitals today;
    private double sugar;
    private LocalDateTime now;

    Monitor(Persona who, Keystream stream, LocalDateTime start, long stepSeconds) {
        this.who = who;
        this.stream = stream;
        this.stepSeconds = stepSeconds;
        this.now = start;
        this.today = who.vitals(start.toLocalDate());
        this.sugar = fasting(start.toLocalDate());
    }

    private double fasting(LocalDate day) {
        return who.labs(day).getOrDefault(Analyte.GLUCOSE, 95.0);
    }

    /** One reading; the mean pressure is computed from the other two. */
    record Reading(
            LocalDateTime at,
            int pulse,
            int saturation,
            int breaths,
            int systolic,
            int diastolic,
            int mean,
            int tenthsCelsius,
            int glucose) {}

    Reading next() {
        for (int i = 0; i < off.length; i++) {
            // Sum of four bytes: near enough to normal, and quick. AR(1) with unit variance or so.
            int four = stream.nextByte() + stream.nextByte() + stream.nextByte() + stream.nextByte() - 510;
            off[i] = 0.95 * off[i] + four * 0.0021;
        }
        int hour = now.getHour();
        double night = hour < 6 || hour > 21 ? -1 : 0.3;
        double meal = hour == 8 || hour == 13 || hour == 19 ? 28 : hour == 9 || hour == 14 || hour == 20 ? 15 : 0;
        int systolic = (int) (today.systolic() + 5 * off[0] + 4 * night);
        int diastolic = Math.min(systolic - 15, (int) (today.diastolic() + 3 * off[1] + 2 * night + 1.5 * off[0]));
        var reading = new Reading(
                now,
                (int) (today.pulse() + 4 * off[2] + 5 * night),
                Math.min(100, (int) (today.saturation() + 0.5 + 0.8 * off[3])),
                Math.max(9, (int) (today.breaths() + 1.2 * off[4] + night)),
                systolic,
                diastolic,
                (systolic + 2 * diastolic + 1) / 3,
                (int) (today.celsius() * 10 + 1.2 * off[5] + 1.5 * night),
                (int) (sugar + meal + 6 * off[6]));
        LocalDateTime later = now.plusSeconds(stepSeconds);
        if (later.getDayOfYear() != now.getDayOfYear()) {
            today = who.vitals(later.toLocalDate());
            sugar = fasting(later.toLocalDate());
        }
        now = later;
        return reading;
    }
}

package org.sosia.ceremony;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who issues persons' keys in a hospital.
 *
 * @param mode {@code ONE}: the hospital, with its master key; {@code SEVERAL}: a council
 * @param generation how many councils there were, the present one included; 0 without one
 * @param threshold how many must act together
 * @param seats the council, by number; empty without one
 * @param since when the council took office; null without one
 * @param commitments the quorum parameters in base 64, by which each authority's contributions are checked; null without a council
 * @param digest their SHA-256 in hex; null without a council
 * @param ceremony the newest ceremony; null if there never was one
 */
public record AuthoritiesView(
        String mode,
        int generation,
        int threshold,
        List<Seat> seats,
        @Nullable Instant since,
        @Nullable String commitments,
        @Nullable String digest,
        @Nullable CeremonyView ceremony) {

    /**
     * A seat in the council.
     *
     * @param number from 1
     * @param subject the account
     */
    public record Seat(int number, String subject) {}
}

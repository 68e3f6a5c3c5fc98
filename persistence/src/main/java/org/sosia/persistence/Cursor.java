package org.sosia.persistence;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list ordered from new to old: the next page starts right behind it. Lists page by key, so a page costs the
 * same however far down it is, and rows arriving meanwhile shift nothing.
 *
 * @param at when the last row shown was created, to the microsecond
 * @param id its id, which settles ties
 */
public record Cursor(Instant at, UUID id) {

    public Cursor {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The form that travels in an address: time and id, separated by an underscore. */
    public String toText() {
        return at + "_" + id;
    }

    /** Reads what {@link #toText} wrote; empty for anything else. */
    public static Optional<Cursor> parse(String text) {
        int cut = text.indexOf('_');
        if (cut < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Cursor(Instant.parse(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1))));
        } catch (DateTimeParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

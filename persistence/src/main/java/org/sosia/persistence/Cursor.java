package org.sosia.persistence;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list ordered by age, and the direction in which it is read: the next page starts right behind it. Lists page by key,
 * so a page costs the same however far down it is, and rows arriving meanwhile shift nothing.
 *
 * @param at when the last row shown was created, to the microsecond
 * @param id its id, which settles ties
 * @param oldestFirst whether the list goes from old to new; otherwise from new to old
 */
public record Cursor(Instant at, UUID id, boolean oldestFirst) {

    /** The place before the first row of a list that goes from old to new, as it travels in an address. */
    public static final String OLDEST_FIRST = "oldest";

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    public Cursor {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** A place in a list that goes from new to old. */
    public Cursor(Instant at, UUID id) {
        this(at, id, false);
    }

    /** The place of a row in the list that {@code previous}, the cursor of the page before, belongs to; null began it with the newest. */
    public static Cursor following(@Nullable Cursor previous, Instant at, UUID id) {
        return new Cursor(at, id, previous != null && previous.oldestFirst());
    }

    /** Whether a row comes after this place, in the list's own direction. */
    public boolean isBefore(Instant otherAt, UUID otherId) {
        int byAge = at.compareTo(otherAt.truncatedTo(ChronoUnit.MICROS));
        int order = byAge != 0 ? byAge : id.compareTo(otherId);
        return oldestFirst ? order < 0 : order > 0;
    }

    /** The form that travels in an address: direction if it is not the usual one, time and id, separated by underscores. */
    public String toText() {
        return (oldestFirst ? OLDEST_FIRST + "_" : "") + at + "_" + id;
    }

    /** Reads what {@link #toText} wrote of a row, or {@link #OLDEST_FIRST}; empty for anything else. */
    public static Optional<Cursor> parse(String text) {
        if (text.equals(OLDEST_FIRST)) {
            return Optional.of(new Cursor(Instant.EPOCH, new UUID(0, 0), true));
        }
        boolean oldestFirst = text.startsWith(OLDEST_FIRST + "_");
        String place = oldestFirst ? text.substring(OLDEST_FIRST.length() + 1) : text;
        int cut = place.indexOf('_');
        if (cut < 0) {
            return Optional.empty();
        }
        try {
            Cursor cursor = new Cursor(
                    Instant.parse(place.substring(0, cut)), UUID.fromString(place.substring(cut + 1)), oldestFirst);
            // What is written otherwise is of no row, and times beyond what a store can compare are of none either.
            boolean ofRow = !cursor.at.isBefore(Instant.EPOCH) && cursor.at.isBefore(END_OF_TIME);
            return ofRow && cursor.toText().equals(text) ? Optional.of(cursor) : Optional.empty();
        } catch (DateTimeParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

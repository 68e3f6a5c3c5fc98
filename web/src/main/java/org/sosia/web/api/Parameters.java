package org.sosia.web.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what stands in addresses and bodies as text. */
final class Parameters {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    private Parameters() {}

    /** An id; what is no id names nothing, so it is as good as an unknown one. */
    static Optional<UUID> id(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An id that must be one. */
    static UUID requiredId(String field, @Nullable String text) throws RefusedCallException {
        return id(text).orElseThrow(() -> RefusedCallException.value(field, "must be a UUID"));
    }

    /** A text that must be there. */
    static String required(String field, @Nullable String text) throws RefusedCallException {
        if (text == null || text.isBlank()) {
            throw RefusedCallException.value(field, "is required");
        }
        return text;
    }

    /** Bytes in base 64. */
    static byte[] base64(String field, @Nullable String text) throws RefusedCallException {
        try {
            return Base64.getDecoder().decode(required(field, text));
        } catch (IllegalArgumentException e) {
            throw RefusedCallException.value(field, "must be base 64");
        }
    }

    /** How many items a page holds. */
    static int limit(@Nullable String text) throws RefusedCallException {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of bounds is
        }
        throw RefusedCallException.value("limit", "must be a number from 1 to " + MAX_LIMIT);
    }

    /** A constant of an enum, written in any case and with hyphens for underscores. */
    static <E extends Enum<E>> E constant(String field, Class<E> type, @Nullable String text)
            throws RefusedCallException {
        String wanted = required(field, text).strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> RefusedCallException.value(field, "must be one of " + names(type)));
    }

    /** A constant, or null where nothing is said. */
    static <E extends Enum<E>> @Nullable E optionalConstant(String field, Class<E> type, @Nullable String text)
            throws RefusedCallException {
        return text == null || text.isBlank() ? null : constant(field, type, text);
    }

    /** Until when: an instant ({@code 2027-01-31T12:00:00Z}) or a duration from now ({@code PT8H}, {@code P7D}, {@code P1M}). */
    static Instant expiry(@Nullable String text, Instant now) throws RefusedCallException {
        String value = required("expires", text).strip();
        try {
            if (!value.startsWith("P") && !value.startsWith("p")) {
                return Instant.parse(value);
            }
            return value.toUpperCase(Locale.ROOT).contains("T") || !hasCalendarUnits(value)
                    ? now.plus(Duration.parse(value))
                    : now.atOffset(ZoneOffset.UTC).plus(Period.parse(value)).toInstant();
        } catch (DateTimeParseException e) {
            throw RefusedCallException.value(
                    "expires", "must be an RFC 3339 instant or an ISO 8601 duration such as PT8H");
        } catch (DateTimeException | ArithmeticException e) {
            throw RefusedCallException.value("expires", "is too far away");
        }
    }

    private static boolean hasCalendarUnits(String duration) {
        return duration.toUpperCase(Locale.ROOT).chars().anyMatch(c -> c == 'Y' || c == 'M' || c == 'W');
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(constant ->
                                constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}

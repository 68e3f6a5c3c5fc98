package org.sosia.web.shell;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identifiers as they come in with an address. */
public final class Identifiers {
    private Identifiers() {}

    /** The identifier, or empty where the text is none: to the reader that is an address with nothing behind it. */
    public static Optional<UUID> parse(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

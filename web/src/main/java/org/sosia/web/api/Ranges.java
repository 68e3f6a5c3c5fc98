package org.sosia.web.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sosia.retrieval.ByteRange;

/** Reads the header {@code Range} (RFC 9110, section 14): one range of bytes. Anything else asks for the whole, as the RFC allows. */
final class Ranges {
    /** Eighteen digits fit a long; no content is longer. */
    private static final Pattern ONE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

    private Ranges() {}

    static Optional<ByteRange> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher one = ONE.matcher(header.strip());
        if (!one.matches()) {
            return Optional.empty();
        }
        String from = one.group(1);
        String to = one.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? Optional.empty() : suffix(Long.parseLong(to));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? ByteRange.TO_THE_END : Long.parseLong(to);
        return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    // "bytes=-0" can never be satisfied; asking for what begins beyond every end says so.
    private static Optional<ByteRange> suffix(long length) {
        return Optional.of(
                length == 0
                        ? new ByteRange(Long.MAX_VALUE - 1, ByteRange.TO_THE_END)
                        : new ByteRange(-length, ByteRange.TO_THE_END));
    }
}

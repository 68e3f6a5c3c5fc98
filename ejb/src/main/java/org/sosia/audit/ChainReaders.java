package org.sosia.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.paging.Page;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.Cloud;
import org.sosia.refusal.InvalidValueException;

/** Reads several chains side by side as one list by time, in either direction; one life is one page. */
final class ChainReaders {
    private static final Pattern PLACE = Pattern.compile("(" + Page.OLDEST_FIRST + "_)?((?:[a-z]\\d{1,18}){1,26})");
    private static final Pattern PLACE_IN_CHAIN = Pattern.compile("([a-z])(\\d+)");

    /** Behind the newest entry of any chain. */
    private static final long END = 999_999_999_999_999_999L;

    private static final int STRIDE = 200;

    private final boolean oldestFirst;
    private final List<Reader> readers = new ArrayList<>();

    private ChainReaders(boolean oldestFirst) {
        this.oldestFirst = oldestFirst;
    }

    /**
     * Begins where a page ended.
     *
     * @param after what {@link #place()} told, {@link Page#OLDEST_FIRST}, or null or empty for the newest
     * @param chains the stores by the names of their chains, one letter each
     */
    static ChainReaders from(@Nullable String after, Map<String, Cloud> chains) throws InvalidValueException {
        boolean begins = after == null || after.isEmpty() || after.equals(Page.OLDEST_FIRST);
        Matcher place = PLACE.matcher(begins ? "" : after);
        if (!begins && !place.matches()) {
            throw Page.foreignCursor();
        }
        var readers = new ChainReaders(begins ? Page.OLDEST_FIRST.equals(after) : place.group(1) != null);
        Map<String, Long> places = begins
                ? Map.of()
                : PLACE_IN_CHAIN
                        .matcher(place.group(2))
                        .results()
                        .collect(Collectors.toMap(
                                hit -> hit.group(1), hit -> Long.parseLong(hit.group(2)), (first, again) -> first));
        long start = readers.oldestFirst ? 0 : END;
        chains.forEach((chain, store) ->
                readers.readers.add(readers.new Reader(chain, store, places.getOrDefault(chain, start))));
        return readers;
    }

    /** The next entry by time; empty behind the last. */
    Optional<AuditView> next() {
        Comparator<Reader> byTime =
                Comparator.comparing(reader -> reader.ahead().orElseThrow().at());
        return readers.stream()
                .filter(reader -> reader.ahead().isPresent())
                .min(oldestFirst ? byTime : byTime.reversed())
                .map(Reader::take);
    }

    /** Where the next page starts, as it travels in an address. */
    String place() {
        return readers.stream()
                .map(reader -> reader.chain + reader.place)
                .collect(Collectors.joining("", oldestFirst ? Page.OLDEST_FIRST + "_" : "", ""));
    }

    private final class Reader {
        private final String chain;
        private final Cloud store;
        private final Deque<AuditEntry> fetched = new ArrayDeque<>();
        private long place;
        private boolean hasMore = true;

        Reader(String chain, Cloud store, long place) {
            this.chain = chain;
            this.store = store;
            this.place = place;
        }

        Optional<AuditEntry> ahead() {
            if (fetched.isEmpty() && hasMore) {
                fetched.addAll(
                        oldestFirst ? store.auditEntries(place, STRIDE) : store.auditEntriesBefore(place, STRIDE));
                hasMore = fetched.size() == STRIDE;
            }
            return Optional.ofNullable(fetched.peek());
        }

        AuditView take() {
            AuditEntry entry = fetched.remove();
            place = entry.seq();
            return new AuditView(
                    chain,
                    entry.seq(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.object(),
                    HexFormat.of().formatHex(entry.hash()));
        }
    }
}

package org.sosia.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.equality.Context;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.secret.SecretBytes;

/** The rows of a server of tests in memory, of one role and realm. */
final class MemoryTags implements TagTester.Store {

    final TestKey key = TestKey.from(SecretBytes.random(32));
    private final Clock clock;
    private final BiPredicate<UUID, String> inForce;
    private final Map<UUID, Kept> tags = new LinkedHashMap<>();
    private final Set<UUID> seen = new HashSet<>();
    private final List<Probe> probes = new ArrayList<>();

    private record Kept(Tagging about, SealedTag tag) {}

    private record Probe(String author, Instant at, int tests) {}

    /**
     * Rows.
     *
     * @param inForce whether a referral is in force for somebody
     */
    MemoryTags(Clock clock, BiPredicate<UUID, String> inForce) {
        this.clock = clock;
        this.inForce = inForce;
    }

    @Override
    public boolean add(Tagging about, List<SealedTag> added) {
        added.forEach(tag -> tags.put(tag.id(), new Kept(about, tag)));
        return true;
    }

    void drop(UUID referral) {
        tags.values().removeIf(kept -> kept.about().referral().equals(referral));
    }

    private boolean isInForce(Kept kept, String receiver) {
        return kept.about().receiver().equals(receiver)
                && inForce.test(kept.about().referral(), receiver);
    }

    @Override
    public Map<UUID, byte[]> inForce(String receiver, Collection<UUID> wanted) {
        Map<UUID, byte[]> found = new HashMap<>();
        for (UUID id : wanted) {
            Kept kept = tags.get(id);
            if (kept != null && isInForce(kept, receiver)) {
                found.put(id, kept.tag().word());
            }
        }
        return found;
    }

    List<Tagged> tagged(String receiver, @Nullable Cursor after, int limit) {
        Map<UUID, List<UUID>> ids = new LinkedHashMap<>();
        Map<UUID, Instant> times = new HashMap<>();
        for (Kept kept : tags.values()) {
            if (isInForce(kept, receiver)) {
                ids.computeIfAbsent(kept.about().referral(), fresh -> new ArrayList<>())
                        .add(kept.tag().id());
                times.put(kept.about().referral(), kept.about().at());
            }
        }
        return ids.entrySet().stream()
                .map(entry ->
                        new Tagged(entry.getKey(), times.getOrDefault(entry.getKey(), Instant.EPOCH), entry.getValue()))
                .filter(tagged -> after == null || after.isBefore(tagged.at(), tagged.referral()))
                .sorted(Comparator.comparing(Tagged::at)
                        .thenComparing(Tagged::referral)
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public long testsOf(String author) {
        Instant since = clock.instant().minus(Duration.ofHours(1));
        return probes.stream()
                .filter(probe -> probe.author().equals(author) && probe.at().isAfter(since))
                .mapToLong(Probe::tests)
                .sum();
    }

    @Override
    public boolean remember(Context search, int tests) {
        probes.add(new Probe(search.author(), clock.instant(), tests));
        return seen.add(search.item());
    }
}

package org.sosia.crypto.keywords;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counters of a process. */
final class MemoryCounterStore implements CounterStore {
    private final Map<UUID, Map<UUID, Counter>> owners = new HashMap<>();

    @Override
    public synchronized List<Counter> read(UUID owner, List<UUID> slots) {
        Map<UUID, Counter> there = owners.getOrDefault(owner, Map.of());
        return slots.stream()
                .map(slot -> there.getOrDefault(slot, Counter.NONE))
                .toList();
    }

    @Override
    public synchronized boolean advance(UUID owner, Map<UUID, Counter> counters) {
        Map<UUID, Counter> there = owners.computeIfAbsent(owner, any -> new HashMap<>());
        boolean unchanged = counters.entrySet().stream()
                .allMatch(counter ->
                        there.getOrDefault(counter.getKey(), Counter.NONE).revision()
                                == counter.getValue().revision() - 1);
        if (unchanged) {
            there.putAll(counters);
        }
        return unchanged;
    }
}

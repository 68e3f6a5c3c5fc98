package org.sosia.crypto.keywords;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Entries of a process. */
final class MemoryEntryStore implements EntryStore {
    private final Map<UUID, Map<UUID, Entry>> owners = new HashMap<>();

    @Override
    public synchronized boolean add(UUID owner, List<Entry> entries) {
        Map<UUID, Entry> there = owners.computeIfAbsent(owner, any -> new HashMap<>());
        if (entries.stream().anyMatch(entry -> there.containsKey(entry.label()))) {
            return false;
        }
        entries.forEach(entry -> there.put(entry.label(), entry));
        return true;
    }

    @Override
    public synchronized List<Entry> find(UUID owner, Collection<UUID> labels) {
        Map<UUID, Entry> there = owners.getOrDefault(owner, Map.of());
        List<Entry> found = new ArrayList<>();
        for (UUID label : labels) {
            Entry entry = there.get(label);
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
    }

    @Override
    public synchronized void delete(UUID owner, Collection<UUID> labels) {
        owners.getOrDefault(owner, Map.of()).keySet().removeAll(labels);
    }
}

package org.sosia.crypto.nearest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tokens in memory. */
final class MemoryTokenStore implements TokenStore {
    private final Map<UUID, List<byte[]>> parts = new HashMap<>();
    private final Set<UUID> burned = new HashSet<>();

    synchronized void deposit(UUID token, byte[] part) {
        if (!burned.contains(token)) {
            parts.computeIfAbsent(token, any -> new ArrayList<>()).add(part.clone());
        }
    }

    @Override
    public synchronized List<byte[]> take(UUID token) {
        List<byte[]> taken = parts.remove(token);
        if (taken == null || !burned.add(token)) {
            return List.of();
        }
        return taken;
    }

    synchronized int left() {
        return parts.size();
    }
}

package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What somebody in the twin hospital believes to have deleted, although it stands for something real: it disappears for them and
 * stays for everybody else, or the next proven reader without a key would find a hole where a double should be.
 *
 * <p>Kept in memory: after a restart it is back for them too, like a restored backup.
 */
@ApplicationScoped
public class Containment {

    private static final int PERSONS = 10_000;
    private static final int HIDDEN_EACH = 10_000;

    private final Map<String, Set<UUID>> hidden = new ConcurrentHashMap<>();

    /** Makes something disappear for one person. */
    public void hide(String subject, UUID id) {
        if (hidden.size() >= PERSONS) {
            hidden.clear();
        }
        Set<UUID> theirs = hidden.computeIfAbsent(subject, s -> ConcurrentHashMap.newKeySet());
        if (theirs.size() < HIDDEN_EACH) {
            theirs.add(id);
        }
    }

    /** Whether something has disappeared for this person. */
    public boolean hides(String subject, UUID id) {
        return hidden.getOrDefault(subject, Set.of()).contains(id);
    }
}

package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.identity.Credentials;

/**
 * The partial keys that sessions have shown at the gate, and the retrieval keys of persons who keep them themselves. They stay in this process's memory only, never in a page, a cookie, a
 * replicated session or a store, and are forgotten a quarter of an hour after they were last used.
 *
 * <p>A key is kept, not what it opened: every reading converts the grant anew, so that a revocation holds at once.
 */
@ApplicationScoped
class Proofs {

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int SESSIONS = 20_000;
    private static final int RECORDS_OF_A_SESSION = 200;

    Clock clock = Clock.systemUTC();

    private final Map<String, Map<UUID, Shown>> bySession = new ConcurrentHashMap<>();

    private final Map<String, Own> owned = new ConcurrentHashMap<>();

    private record Shown(PartialKey key, Instant until) {}

    private record Own(RetrievalKey key, Instant until) {}

    /** Keeps a retrieval key that its person has shown, as long as a partial key. */
    void keep(Credentials who, RetrievalKey key) {
        forgetTheExpired();
        if (owned.size() >= SESSIONS) {
            throw new StoreUnavailableException();
        }
        owned.put(name(who), new Own(key, clock.instant().plus(KEPT)));
    }

    Optional<RetrievalKey> retrievalKey(Credentials who) {
        Own shown = owned.get(name(who));
        if (shown == null || !shown.until().isAfter(clock.instant())) {
            return Optional.empty();
        }
        owned.put(name(who), new Own(shown.key(), clock.instant().plus(KEPT)));
        return Optional.of(shown.key());
    }

    void keep(Credentials who, UUID record, PartialKey key) {
        forgetTheExpired();
        if (bySession.size() >= SESSIONS) {
            throw new StoreUnavailableException();
        }
        Map<UUID, Shown> ofSession = bySession.computeIfAbsent(name(who), s -> new ConcurrentHashMap<>());
        if (ofSession.size() >= RECORDS_OF_A_SESSION) {
            ofSession.clear();
        }
        ofSession.put(record, new Shown(key, clock.instant().plus(KEPT)));
    }

    Optional<PartialKey> key(Credentials who, UUID record) {
        Map<UUID, Shown> ofSession = bySession.getOrDefault(name(who), Map.of());
        Shown shown = ofSession.get(record);
        if (shown == null || !shown.until().isAfter(clock.instant())) {
            return Optional.empty();
        }
        ofSession.put(record, new Shown(shown.key(), clock.instant().plus(KEPT)));
        return Optional.of(shown.key());
    }

    boolean any(Credentials who) {
        Instant now = clock.instant();
        return bySession.getOrDefault(name(who), Map.of()).values().stream()
                .anyMatch(shown -> shown.until().isAfter(now));
    }

    void forget(Credentials who) {
        bySession.remove(name(who));
        owned.remove(name(who));
    }

    private void forgetTheExpired() {
        Instant now = clock.instant();
        bySession
                .values()
                .forEach(shown -> shown.values().removeIf(one -> !one.until().isAfter(now)));
        bySession.values().removeIf(Map::isEmpty);
        owned.values().removeIf(shown -> !shown.until().isAfter(now));
    }

    /** Two persons never share a proof, whatever session their tokens name. */
    private static String name(Credentials who) {
        return who.subject() + "\n" + SessionMarks.name(who);
    }
}

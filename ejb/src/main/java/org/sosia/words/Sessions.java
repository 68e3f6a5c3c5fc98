package org.sosia.words;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.lane.Hospital;

/**
 * Sessions with indexes, each of one owner in one person's name. A session remembers the keys of words that it used, which makes it fast and is
 * why it ends: after a quarter of an hour at the latest. What a person may is asked of both clouds in every call all the same.
 */
@ApplicationScoped
public class Sessions {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST = 64;

    Clock clock = Clock.systemUTC();

    private final Map<Key, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Session> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String realm, String owner, String caller) {}

    private record Session(KeywordIndex index, Instant since) {}

    /**
     * The session of a person with an owner's index.
     *
     * @param caller in whose name
     */
    public synchronized KeywordIndex of(Hospital hospital, String owner, String caller) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.since().plus(LONGEST).isBefore(now));
        return sessions.computeIfAbsent(
                        new Key(hospital.realm(), owner, caller),
                        key -> new Session(hospital.words(owner, caller), now))
                .index();
    }
}

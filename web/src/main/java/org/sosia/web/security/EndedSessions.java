package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that the identity provider told this node have ended.
 *
 * <p>A hint that spares the wait for the next introspection; a node that was not told learns of it there.
 */
@ApplicationScoped
class EndedSessions {

    /** By then introspection has long said the same. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();

    void add(String session) {
        var now = clock.instant();
        ended.values().removeIf(now::isAfter);
        ended.put(session, now.plus(REMEMBERED));
    }

    boolean contains(String session) {
        return ended.containsKey(session);
    }
}

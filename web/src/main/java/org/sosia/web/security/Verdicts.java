package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the identity provider about a session, and believes the answer for a moment.
 *
 * <p>A token never says that its session is an intruder's: the note travels by introspection only, so the intruder cannot read it.
 */
@ApplicationScoped
class Verdicts {

    private static final System.Logger LOG = System.getLogger(Verdicts.class.getName());

    /** The claim that introspection adds for a session that was let in on purpose. */
    private static final String NOTE = "sosia_verdict";

    /** Sessions seen within a moment on one node; beyond it the cache starts anew. */
    private static final int REMEMBERED = 10_000;

    @Inject
    IdentityProvider provider;

    @Inject
    IdentityProviderSettings settings;

    /**
     * How long nobody is asked after an answer failed to come. Otherwise every request would wait for its own time-out, and an
     * outage there would use up the threads here.
     */
    private static final Duration RESPITE = Duration.ofSeconds(2);

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Instant silentUntil = Instant.MIN;

    /** For the container. */
    Verdicts() {
        this(Clock.systemUTC());
    }

    Verdicts(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known of a session.
     *
     * @param session the session's id, from a checked token
     * @param accessToken a token of that session
     */
    Verdict of(String session, String accessToken) {
        var now = clock.instant();
        var known = heard.get(session);
        if (known != null && now.isBefore(known.until)) {
            return known.verdict;
        }
        if (now.isBefore(silentUntil)) {
            return Verdict.UNKNOWN;
        }
        try {
            var verdict = read(provider.introspect(accessToken));
            remember(session, new Heard(verdict, now.plus(settings.introspectionMaxAge())));
            return verdict;
        } catch (IdentityProviderUnavailableException silent) {
            LOG.log(Level.WARNING, "introspection failed", silent);
            silentUntil = clock.instant().plus(RESPITE);
            return Verdict.UNKNOWN;
        }
    }

    /** Forgets a session, so that the next request asks anew. */
    void forget(String session) {
        heard.remove(session);
    }

    private static Verdict read(JsonObject answer) {
        if (!answer.getBoolean("active", false)) {
            return Verdict.ENDED;
        }
        return answer.containsKey(NOTE) ? Verdict.DECEIVED : Verdict.GENUINE;
    }

    private void remember(String session, Heard verdict) {
        if (verdict.verdict == Verdict.ENDED) {
            // Of this token only: a session may have a younger one that lives.
            heard.remove(session);
            return;
        }
        if (heard.size() >= REMEMBERED) {
            heard.clear();
        }
        heard.put(session, verdict);
    }

    private record Heard(Verdict verdict, Instant until) {}
}

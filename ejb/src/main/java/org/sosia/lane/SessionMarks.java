package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.identity.Credentials;
import org.sosia.persistence.SessionMark;

/**
 * What sessions have been seen doing. The marks are kept at cloud B, under a keyed hash of the session, so that they hold on every
 * node and outlive a restart.
 *
 * <p>A session that was seen clean a few minutes ago is believed clean while cloud B does not answer: nothing can be marked then
 * either, and cloud B's outage must not stop a hospital at work. What was seen deceived stays so in memory as well.
 */
@ApplicationScoped
class SessionMarks {

    private static final Duration BELIEVED_CLEAN = Duration.ofMinutes(10);
    private static final int REMEMBERED = 50_000;

    @Inject
    Hospitals hospitals;

    @Inject
    @ConfigProperty(name = "sosia.gate.tries", defaultValue = "3")
    int tries;

    Clock clock = Clock.systemUTC();

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(boolean deceived, Instant at) {}

    /** A session as this node names it: the provider's session, or the person where a token names none. */
    static String name(Credentials who) {
        return who.session().isEmpty() ? "subject:" + who.subject() : who.session();
    }

    private String handle(Credentials who) {
        return hospitals.twin().keys().handle("mark", name(who));
    }

    /**
     * Whether this session is being deceived.
     *
     * @param intake whether the session is only about to hand something in: then a mark that cannot be read does not stop it
     * @throws StoreUnavailableException if that cannot be known now
     */
    boolean isDeceived(Credentials who, boolean intake) {
        Seen before = seen.get(name(who));
        if (before != null && before.deceived()) {
            return true;
        }
        try {
            boolean deceived = hospitals
                    .twin()
                    .store()
                    .mark(handle(who))
                    .map(SessionMark::deceived)
                    .orElse(false);
            remember(who, deceived);
            return deceived;
        } catch (RuntimeException unreachable) {
            boolean believed =
                    before != null && before.at().isAfter(clock.instant().minus(BELIEVED_CLEAN));
            if (believed || intake) {
                return false;
            }
            throw new StoreUnavailableException(unreachable);
        }
    }

    /** Counts a well-formed partial key that opened nothing; says whether the session is deceived from now on. */
    boolean wrongTry(Credentials who) {
        Hospital twin = hospitals.twin();
        boolean deceived = twin.store()
                .recordWrongTry(handle(who), tries, twin.event(who, "TRY", null, Map.of()))
                .deceived();
        remember(who, deceived);
        return deceived;
    }

    private void remember(Credentials who, boolean deceived) {
        if (seen.size() >= REMEMBERED) {
            // Only what was clean may be forgotten; the store still knows the rest.
            seen.values().removeIf(mark -> !mark.deceived());
        }
        seen.merge(name(who), new Seen(deceived, clock.instant()), (old, fresh) -> old.deceived() ? old : fresh);
    }
}

package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Credentials;
import org.sosia.incidents.Incidents;
import org.sosia.incidents.Technique;

/** Tells the security desk what the lane and the gate have seen. */
@ApplicationScoped
class Reports {

    /** As long as the same evidence counts as one incident; telling it more often would tell nothing new. */
    private static final Duration TOLD = Duration.ofMinutes(15);

    @Inject
    Hospitals hospitals;

    @Inject
    Incidents incidents;

    Clock clock = Clock.systemUTC();

    private final Map<String, Instant> intruders = new ConcurrentHashMap<>();

    /** Raises an incident, or adds evidence to the one that is fresh. */
    void raise(Credentials who, Technique technique, @Nullable UUID record) {
        raise(who, technique, record, Map.of());
    }

    /** As {@link #raise(Credentials, Technique, UUID)}, with further evidence. */
    void raise(Credentials who, Technique technique, @Nullable UUID record, Map<String, String> evidence) {
        Hospital twin = hospitals.twin();
        incidents.raise(
                twin.store(),
                twin.keys(),
                who,
                technique,
                record,
                evidence,
                twin.event(who, "NOTICE", record, Map.of("technique", technique.code())),
                clock.instant());
    }

    /** Reports somebody whom the identity provider let in on purpose; once in a while, whatever number of requests they make. */
    void intruder(Credentials who) {
        Instant now = clock.instant();
        intruders.values().removeIf(told -> told.isBefore(now.minus(TOLD)));
        if (intruders.putIfAbsent(SessionMarks.name(who), now) == null) {
            raise(who, Technique.HONEY_ACCOUNT, null);
        }
    }
}

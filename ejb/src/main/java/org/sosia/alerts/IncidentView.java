package org.sosia.alerts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the security desk sees it.
 *
 * @param id the incident
 * @param technique how the attack goes, such as {@code wrong-partial-key}
 * @param severity from 1 to 10
 * @param subject the account it came through
 * @param source the address it came from
 * @param record the record it went for, or null
 * @param cloud the cloud that provably erred, {@code original} or {@code duplicate}; or null
 * @param statement what that cloud signed, base 64, for {@code /statements/check}; or null
 * @param firstAt when it was first seen
 * @param lastAt when it was last seen
 * @param count how often it was seen
 * @param state whether somebody has looked
 */
public record IncidentView(
        UUID id,
        String technique,
        int severity,
        String subject,
        String source,
        @Nullable UUID record,
        @Nullable String cloud,
        @Nullable String statement,
        Instant firstAt,
        Instant lastAt,
        int count,
        IncidentState state) {}

package org.sosia.emergency;

import java.time.Instant;
import java.util.UUID;

/**
 * A plea as those concerned see it.
 *
 * @param id the plea
 * @param patient whose records it is about
 * @param requester the account that asked
 * @param requesterName the name it goes by
 * @param reason why, in the requester's own words
 * @param state where it stands
 * @param answers how many trustees have answered
 * @param needed how many must
 * @param createdAt when it was asked
 * @param expires until when it stands
 * @param contact whom to call when nobody answers
 * @param mayAnswer whether whoever looks is a trustee who can still answer
 * @param mayEnd whether whoever looks can end it
 */
public record EmergencyView(
        UUID id,
        UUID patient,
        String requester,
        String requesterName,
        String reason,
        EmergencyState state,
        int answers,
        int needed,
        Instant createdAt,
        Instant expires,
        String contact,
        boolean mayAnswer,
        boolean mayEnd) {}

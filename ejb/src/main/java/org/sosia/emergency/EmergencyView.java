package org.sosia.emergency;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plea as those concerned see it.
 *
 * @param id the plea
 * @param patient whose records it is about
 * @param patientName her name, for those who see her file, answer for her or are her; null for others
 * @param requester the account that asked
 * @param requesterName the name it goes by
 * @param reason why, in the requester's own words
 * @param state where it stands
 * @param answers how many trustees of one circle have answered
 * @param needed how many must
 * @param createdAt when it was asked
 * @param expires until when it stands
 * @param contact whom to call when nobody answers; null if the hospital names nobody
 * @param mayAnswer whether whoever looks is a trustee who can still answer
 * @param mayEnd whether whoever looks can end it
 */
public record EmergencyView(
        UUID id,
        UUID patient,
        @Nullable String patientName,
        String requester,
        String requesterName,
        String reason,
        EmergencyState state,
        int answers,
        int needed,
        Instant createdAt,
        Instant expires,
        @Nullable String contact,
        boolean mayAnswer,
        boolean mayEnd) {}

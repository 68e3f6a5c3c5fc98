package org.sosia.sharing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as its owner and its requester see it.
 *
 * @param id the request
 * @param record the record asked for
 * @param patient whose record it is
 * @param requester the account that asks
 * @param requesterName the name the requester is registered under; the account where none is known
 * @param owner the account that decides
 * @param purpose what for; null to a cloud's operator, to whom it is sealed
 * @param note the requester's own words, empty if none
 * @param state where it stands now
 * @param reason why it was denied, null otherwise
 * @param createdAt when it was asked
 * @param decidedAt when it was approved, denied or taken back; null while it waits
 * @param expires until when the approval lasts; null unless approved
 * @param grant the grant that the approval made; null unless approved
 * @param referredBy who referred the requester to the record without being asked, by name; null for a request
 * @param delivered whether the partial key waits in the requester's inbox
 */
public record RequestView(
        UUID id,
        UUID record,
        UUID patient,
        String requester,
        String requesterName,
        String owner,
        @Nullable Purpose purpose,
        String note,
        RequestState state,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant decidedAt,
        @Nullable Instant expires,
        @Nullable UUID grant,
        @Nullable String referredBy,
        boolean delivered) {}

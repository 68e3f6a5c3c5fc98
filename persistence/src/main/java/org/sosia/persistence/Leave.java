package org.sosia.persistence;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The leave to search: one record, or all that an owner has.
 *
 * @param id of the grant that gives it, or its own
 * @param grantee who may search
 * @param record the one record; null if it is about an owner
 * @param owner whose records; null if it is about one record
 * @param distances whether the searcher may learn distances
 * @param pruned whether the servers may see which rows survive the bound of the pruned mode
 * @param expires until when
 */
public record Leave(
        UUID id,
        String grantee,
        @Nullable UUID record,
        @Nullable String owner,
        boolean distances,
        boolean pruned,
        Instant expires) {}

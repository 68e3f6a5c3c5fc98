package org.sosia.persistence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which requests for access to list, newest first. What is null does not restrict.
 *
 * @param owner only requests that wait for, or were decided by, this data owner
 * @param requester only this person's requests
 * @param record only requests for this record
 * @param state only requests in this state
 * @param after the last row of the previous page, or null for the first page
 * @param limit at most so many rows, 1 to {@value Limits#MAX}
 */
public record RequestFilter(
        @Nullable String owner,
        @Nullable String requester,
        @Nullable UUID record,
        @Nullable RequestState state,
        @Nullable Cursor after,
        int limit) {

    public RequestFilter {
        Limits.check(limit);
    }
}

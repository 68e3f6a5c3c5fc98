package org.sosia.persistence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which records to list, newest first.
 *
 * @param patient only this patient's, or everybody's when null
 * @param owner only this data owner's, or everybody's when null
 * @param after the last row of the previous page, or null for the first page
 * @param limit at most so many rows, 1 to {@value Limits#MAX}
 */
public record RecordFilter(
        @Nullable UUID patient,
        @Nullable String owner,
        @Nullable Cursor after,
        int limit) {

    public RecordFilter {
        Limits.check(limit);
    }
}

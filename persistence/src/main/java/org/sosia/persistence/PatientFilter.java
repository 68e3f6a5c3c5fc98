package org.sosia.persistence;

import org.jspecify.annotations.Nullable;

/**
 * Which patients to list, newest first.
 *
 * @param owner only this data owner's, or everybody's when null
 * @param after the last row of the previous page, or null for the first page
 * @param limit at most so many rows, 1 to {@value Limits#MAX}
 */
public record PatientFilter(
        @Nullable String owner, @Nullable Cursor after, int limit) {

    public PatientFilter {
        Limits.check(limit);
    }
}

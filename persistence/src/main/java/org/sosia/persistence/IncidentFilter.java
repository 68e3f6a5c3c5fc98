package org.sosia.persistence;

import org.jspecify.annotations.Nullable;

/**
 * Which incidents to list, newest (by their first evidence) first. What is null does not restrict.
 *
 * @param state only incidents in this state
 * @param technique only incidents of this technique
 * @param after the last row of the previous page ({@code firstAt} and id), or null for the first page
 * @param limit at most so many rows, 1 to {@value Limits#MAX}
 */
public record IncidentFilter(
        @Nullable String state,
        @Nullable String technique,
        @Nullable Cursor after,
        int limit) {

    public IncidentFilter {
        Limits.check(limit);
    }
}

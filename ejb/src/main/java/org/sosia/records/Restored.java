package org.sosia.records;

import java.util.List;
import java.util.Set;

/**
 * What was put back.
 *
 * @param what {@code description}, {@code content}, {@code first-share}, {@code second-share}; {@code copies}, or {@code copy:} and the
 *     name of a place, for the copies themselves
 * @param from the places whose shares or labels the record was put back from
 */
public record Restored(List<String> what, Set<String> from) {}

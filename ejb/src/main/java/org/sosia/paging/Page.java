package org.sosia.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the cursor that asks for the page after it, or null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {}

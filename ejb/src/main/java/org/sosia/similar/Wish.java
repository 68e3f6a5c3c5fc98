package org.sosia.similar;

import org.jspecify.annotations.Nullable;

/**
 * How somebody wants to search.
 *
 * @param k how many images, 1 to {@value #MOST}
 * @param extractor which index, or null for the usual one
 * @param pruned whether in the pruned mode, which every owner concerned must allow
 */
public record Wish(int k, @Nullable String extractor, boolean pruned) {

    /** No screen shows more. */
    public static final int MOST = 50;
}

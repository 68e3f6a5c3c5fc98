/**
 * Finding records by words that no cloud learns: an owner her own, a doctor those that are granted to her. One door, {@link org.sosia.search.Search}.
 *
 * <p>Out of scope: how words get into the index ({@code words}), and what a record shows ({@code retrieval}).
 */
@NullMarked
package org.sosia.search;

import org.jspecify.annotations.NullMarked;

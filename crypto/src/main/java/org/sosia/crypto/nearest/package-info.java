/**
 * Exact k nearest neighbours over sealed vectors: two servers that do not collude find the rows nearest to a query without learning
 * a vector, the query, a distance, an order or a result. docs/SEARCH.md, section 1.
 *
 * <p>The parties: a {@link org.sosia.crypto.nearest.Dealer} at the key authority hands out masks and single-use tokens, an owner
 * makes a {@link org.sosia.crypto.nearest.SealedRow} for each {@link org.sosia.crypto.nearest.Server}, and a user puts a
 * {@link org.sosia.crypto.nearest.Question} to both.
 */
@NullMarked
package org.sosia.crypto.nearest;

import org.jspecify.annotations.NullMarked;

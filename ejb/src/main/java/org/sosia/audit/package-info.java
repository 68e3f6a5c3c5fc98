/**
 * Reading the two audit chains, and checking that nobody cut, changed or reordered them.
 *
 * <p>Each store keeps a chain of its own, written in the transaction of what it tells. Out of scope: writing, which every
 * capability does through the store.
 */
@NullMarked
package org.sosia.audit;

import org.jspecify.annotations.NullMarked;

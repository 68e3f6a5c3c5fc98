/**
 * A record as it lies in a hospital's store: the sealed facts about it, how it is written, and how it is read back and verified.
 *
 * <p>The same in both hospitals. Out of scope: who may see it, and what an upload or a double is.
 */
@NullMarked
package org.sosia.records;

import org.jspecify.annotations.NullMarked;

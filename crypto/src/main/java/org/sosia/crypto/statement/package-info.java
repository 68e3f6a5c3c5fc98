/**
 * What a cloud says in writing about a computation it did for somebody, and how anybody can tell that it lied.
 *
 * <p>Every share that a cloud takes in an opening is a deterministic function of two byte strings, so a signed digest of the result is
 * evidence: whoever holds the two strings computes the result again.
 */
@NullMarked
package org.sosia.crypto.statement;

import org.jspecify.annotations.NullMarked;

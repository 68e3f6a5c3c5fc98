/**
 * The one place that decides which hospital a caller is in, and the only one that sees both stores.
 *
 * <p>Everybody is in the twin hospital until every proof about the person holds; nothing but {@link
 * org.sosia.lane.AuthenticityVerifier} says so. The other capabilities ask {@link org.sosia.lane.Lanes} for the caller's
 * {@link org.sosia.lane.Hospital} and run the same code in either. The gate, the proofs of possession that a session has given,
 * and the marks of sessions that guessed are here too.
 */
@NullMarked
package org.sosia.lane;

import org.jspecify.annotations.NullMarked;

/**
 * Long work on many rows: how it is done in pieces, and how people see where it stands.
 *
 * <p>Whoever begins it keeps a {@link org.sosia.persistence.Job}; a worker of its kind does it piece by piece, on whatever node, and
 * goes on where the last piece was committed.
 */
@NullMarked
package org.sosia.jobs;

import org.jspecify.annotations.NullMarked;

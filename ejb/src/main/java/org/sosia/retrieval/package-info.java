/**
 * Reading records: who gets the content, who gets its double, and the audit entry that comes first.
 *
 * <p>Which hospital a caller is in was decided before; here it is decided, in either, which content of a record they get. Whatever
 * is read back is verified against its owner's signature every time. A proof that fails gives the double; a check that cannot be
 * made, or a store that returns something else than was put there, is an honest error.
 */
@NullMarked
package org.sosia.retrieval;

import org.jspecify.annotations.NullMarked;

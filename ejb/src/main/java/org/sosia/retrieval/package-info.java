/** Reading records: who gets the content, who gets its double, and the audit entry that comes first. */
@NullMarked
package org.sosia.retrieval;

import org.jspecify.annotations.NullMarked;

/** What this capability promises. */
@NullMarked
package org.sosia.retrieval;

import org.jspecify.annotations.NullMarked;

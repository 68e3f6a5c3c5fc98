/** What this capability promises. */
@NullMarked
package org.sosia.forging;

import org.jspecify.annotations.NullMarked;

/** What this capability promises. */
@NullMarked
package org.sosia.keys;

import org.jspecify.annotations.NullMarked;

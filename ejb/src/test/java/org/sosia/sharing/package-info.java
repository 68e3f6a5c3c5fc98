/** What {@code org.sosia.sharing} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.sharing;

import org.jspecify.annotations.NullMarked;

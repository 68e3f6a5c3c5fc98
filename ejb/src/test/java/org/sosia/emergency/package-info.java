/** What {@code org.sosia.emergency} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.emergency;

import org.jspecify.annotations.NullMarked;

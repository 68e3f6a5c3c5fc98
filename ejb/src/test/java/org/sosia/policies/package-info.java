/** What {@code org.sosia.policies} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.policies;

import org.jspecify.annotations.NullMarked;

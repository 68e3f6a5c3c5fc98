/** What {@code org.sosia.verification} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.verification;

import org.jspecify.annotations.NullMarked;

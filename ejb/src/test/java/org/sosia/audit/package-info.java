/** What {@code org.sosia.audit} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.audit;

import org.jspecify.annotations.NullMarked;

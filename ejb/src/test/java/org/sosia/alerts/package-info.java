/** What {@code org.sosia.alerts} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.alerts;

import org.jspecify.annotations.NullMarked;

/** What {@code org.sosia.registration} promises, over both hospitals in memory. */
@NullMarked
package org.sosia.registration;

import org.jspecify.annotations.NullMarked;

/** Who calls, and how well that is proven. */
@NullMarked
package org.sosia.identity;

import org.jspecify.annotations.NullMarked;

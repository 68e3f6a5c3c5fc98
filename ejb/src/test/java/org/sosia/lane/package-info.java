/** Both hospitals in memory, for tests of every capability. */
@NullMarked
package org.sosia.lane;

import org.jspecify.annotations.NullMarked;

/** A cloud in memory, for tests of what stands on the clouds. */
@NullMarked
package org.sosia.persistence;

import org.jspecify.annotations.NullMarked;

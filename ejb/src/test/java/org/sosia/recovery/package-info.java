/** Tests of recovery copies. */
@NullMarked
package org.sosia.recovery;

import org.jspecify.annotations.NullMarked;

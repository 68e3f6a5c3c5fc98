/** Makes the twin hospital's half of what the real one holds, from public facts and a key alone. */
@NullMarked
package org.sosia.forging;

import org.jspecify.annotations.NullMarked;

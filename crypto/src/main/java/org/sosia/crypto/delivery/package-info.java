/**
 * Handing a partial key to one person through parties that may not read it.
 */
@NullMarked
package org.sosia.crypto.delivery;

import org.jspecify.annotations.NullMarked;

/** What this capability promises. */
@NullMarked
package org.sosia.upload;

import org.jspecify.annotations.NullMarked;

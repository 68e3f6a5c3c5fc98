/** What this capability promises. */
@NullMarked
package org.sosia.patients;

import org.jspecify.annotations.NullMarked;

/** What doubles promise, as claims. */
@NullMarked
package org.sosia.decoy;

import org.jspecify.annotations.NullMarked;

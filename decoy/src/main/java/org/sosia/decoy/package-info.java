/**
 * Makes doubles: believable files about people who do not exist.
 *
 * <p>The door is {@link org.sosia.decoy.Forge}. A double is a function of a coarse {@link org.sosia.decoy.DecoySpec} and a secret
 * key; nothing in this package can reach an original, so nothing of an original can be in a double. See docs/DOUBLES.md.
 */
@NullMarked
package org.sosia.decoy;

import org.jspecify.annotations.NullMarked;

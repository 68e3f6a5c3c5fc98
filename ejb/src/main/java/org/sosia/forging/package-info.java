/**
 * Makes the twin hospital's half of what the real one holds.
 *
 * <p>A double is made from an order: coarse public facts, a policy, an owner. No original, no header and no key of the real
 * hospital is within reach here; that is what makes a double tell nothing. Every order may be carried out twice.
 */
@NullMarked
package org.sosia.forging;

import org.jspecify.annotations.NullMarked;

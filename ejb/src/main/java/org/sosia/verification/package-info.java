/**
 * Checking on request that a store still holds what its owner signed, and saying so in writing.
 *
 * <p>Out of scope: repair.
 */
@NullMarked
package org.sosia.verification;

import org.jspecify.annotations.NullMarked;

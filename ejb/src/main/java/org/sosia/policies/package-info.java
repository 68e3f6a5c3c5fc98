/**
 * Changing who may open a record that is sealed already, without touching its content.
 *
 * <p>Out of scope: permissions of single persons, which are {@code org.sosia.sharing}'s and go on where the new policy is satisfied.
 */
@NullMarked
package org.sosia.policies;

import org.jspecify.annotations.NullMarked;

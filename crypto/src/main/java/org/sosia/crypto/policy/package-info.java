/**
 * Access policies: the language people write, its canonical form, and the linear secret sharing behind it.
 */
@NullMarked
package org.sosia.crypto.policy;

import org.jspecify.annotations.NullMarked;

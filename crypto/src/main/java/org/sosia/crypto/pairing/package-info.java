/**
 * The groups of BLS12-381 as immutable values; the only package that knows the native library.
 */
@NullMarked
package org.sosia.crypto.pairing;

import org.jspecify.annotations.NullMarked;

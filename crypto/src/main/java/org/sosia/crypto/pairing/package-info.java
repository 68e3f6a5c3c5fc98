/**
 * The groups of BLS12-381 as immutable values; the only package that knows the native library.
 *
 * <p>Notation as in the literature on attribute-based encryption: all groups are written multiplicatively, {@code g1} and {@code g2} are the
 * standard generators, {@code e} the pairing, {@code Z = e(g1, g2)}, and {@code r} the order of all three.
 *
 * <p>One of two engines computes, chosen by the system property {@code sosia.crypto.engine}: {@code blst}, the native library and the default, or
 * {@code bouncycastle}, all Java. Every value is immutable. No decoder accepts points at infinity or outside the subgroup, as those of both libraries do: an
 * element that was not checked and is then raised to a secret power gives part of that power away.
 */
@NullMarked
package org.sosia.crypto.pairing;

import org.jspecify.annotations.NullMarked;

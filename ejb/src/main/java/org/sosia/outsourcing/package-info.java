/**
 * Encryption done by both clouds for a client that is too weak to lock by itself: each locks one summand of its exponent, the product is
 * tested and handed back.
 *
 * <p>Off by default: both clouds together can open what was locked so, without any key.
 *
 * <p>Out of scope: outsourced making of keys, which would hand the master key to two colluding clouds and one user ({@code org.sosia.crypto.abe}).
 */
@NullMarked
package org.sosia.outsourcing;

import org.jspecify.annotations.NullMarked;

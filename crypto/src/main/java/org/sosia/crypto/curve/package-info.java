/**
 * The curve P-256 as a group of prime order, with hashing to it: what keyword search computes in. The arithmetic is Bouncy Castle's.
 */
@NullMarked
package org.sosia.crypto.curve;

import org.jspecify.annotations.NullMarked;

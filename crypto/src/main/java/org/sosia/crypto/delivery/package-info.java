/**
 * Handing a secret to one person through parties that may not read it: to a key of X25519, or to one of RSA and ML-KEM together.
 */
@NullMarked
package org.sosia.crypto.delivery;

import org.jspecify.annotations.NullMarked;

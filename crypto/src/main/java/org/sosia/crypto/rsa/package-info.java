/** The RSA keys of the hybrid suites: one size, one exponent, one encoding. */
@NullMarked
package org.sosia.crypto.rsa;

import org.jspecify.annotations.NullMarked;

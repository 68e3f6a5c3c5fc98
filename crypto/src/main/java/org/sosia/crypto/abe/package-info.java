/**
 * The policy lock: ciphertext-policy attribute-based key encapsulation with outsourced decryption.
 */
@NullMarked
package org.sosia.crypto.abe;

import org.jspecify.annotations.NullMarked;

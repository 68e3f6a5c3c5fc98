/**
 * The policy lock: ciphertext-policy attribute-based key encapsulation with outsourced decryption.
 *
 * <p>A key authority sets the scheme up and issues keys for sets of attributes. A secret is locked under a policy; it comes out for
 * keys whose attributes satisfy the policy and for nobody else, however many others pool their keys. Decryption is split: a cloud that
 * holds the transform key does the pairings and learns nothing, the person's retrieval key does one last power.
 *
 * <p>Sources: B. Waters, PKC 2011 (large universe, random oracle), outsourced as by Green, Hohenberger and Waters, USENIX Security 2011.
 * Equations, argument and assumptions: docs/SCHEME.md, section 3.
 */
@NullMarked
package org.sosia.crypto.abe;

import org.jspecify.annotations.NullMarked;

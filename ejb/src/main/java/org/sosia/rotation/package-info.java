/**
 * New keys in the place of old ones, for a hospital whose owners do not have to do anything for it.
 *
 * <p>What can be rotated: the root key, which seals all others; the owners' signing keys; the owners' collection keys, whose new epoch
 * counts for records sealed from then on; the persons' retrieval keys that the hospital keeps for them, with which all they may open opens as
 * before; what partial keys are sealed to; the certificate authority; the master key, of a hospital that makes
 * persons' keys by itself; the keys with which the clouds sign their shares in openings. What was sealed or signed before opens and verifies as before.
 *
 * <p>Out of scope: attributes, which are issued anew by {@code org.sosia.attributes}.
 */
@NullMarked
package org.sosia.rotation;

import org.jspecify.annotations.NullMarked;

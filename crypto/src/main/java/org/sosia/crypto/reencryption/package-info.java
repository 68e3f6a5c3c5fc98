/**
 * Handing the records of one collection and epoch to others without opening them: proxy re-encryption of the owner's lock.
 *
 * <p>The owner makes a re-key for a target: a policy, one person, or trustees of whom a number must agree. Cloud A, the proxy, holds the re-key and converts
 * the owner's lock of a record with one pairing; it learns nothing. Readers hold the delegation, the part of the same issue that the proxy's half is missing from,
 * open its target once, and with it the converted locks of as many records as they are given.
 *
 * <p>Sources: Ateniese, Fu, Green and Hohenberger, NDSS 2005, for the conversion; Chaum and Pedersen, CRYPTO 1992, and Shamir, CACM 1979, for trustees.
 * Equations, argument and what colluding sets obtain: docs/SCHEME.md, sections 4a, 4b and 9.
 */
@NullMarked
package org.sosia.crypto.reencryption;

import org.jspecify.annotations.NullMarked;

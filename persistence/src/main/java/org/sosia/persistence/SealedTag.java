package org.sosia.persistence;

import java.util.UUID;

/**
 * A word that a sender sealed for a receiver's searches.
 *
 * @param id the tag
 * @param word the encoded {@link org.sosia.crypto.equality.EncryptedWord}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SealedTag(UUID id, byte[] word) {}

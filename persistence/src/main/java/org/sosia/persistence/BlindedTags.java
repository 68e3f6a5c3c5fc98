package org.sosia.persistence;

/**
 * What the front makes of tags and a searched word.
 *
 * @param forBack the batch
 * @param forUser its order, sealed for whoever searches
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BlindedTags(byte[] forBack, byte[] forUser) {}

package org.sosia.persistence;

import java.util.UUID;

/**
 * That there are recovery copies of a record, as its store keeps it.
 *
 * @param record whose copies they are
 * @param attempt in which attempt to copy they were made; the names of the shares follow from it and the hospital's keys
 * @param receipt what splitting left ({@link org.sosia.crypto.splitting.SplitReceipt}); a hint only, for whoever checks: a store could change it
 * @param links lead to the shares ({@link org.sosia.crypto.splitting.HiddenShare}), one after the other in the order of their numbers; empty
 *     where the store shall not know which ones they are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Spare(UUID record, UUID attempt, byte[] receipt, byte[] links) {}

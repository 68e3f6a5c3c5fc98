package org.sosia.persistence;

/**
 * What a person keeps for later, as a cloud stores it.
 *
 * @param subject whose
 * @param revision 1 when it is first kept, then one more each time
 * @param sealed opaque
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Desk(String subject, long revision, byte[] sealed) {}

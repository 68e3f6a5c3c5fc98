package org.sosia.persistence;

import java.util.UUID;

/**
 * A sealed count as a cloud keeps it.
 *
 * @param slot where
 * @param revision how often it was written, 0 if never
 * @param sealed what only who knows the word can open; empty if never written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the slot identifies it
public record WordCount(UUID slot, long revision, byte[] sealed) {}

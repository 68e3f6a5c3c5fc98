package org.sosia.persistence;

import java.util.UUID;

/**
 * A row that somebody may search.
 *
 * @param number its number
 * @param version which content of it
 * @param record the record whose image it is
 * @param note what the hospital sealed beside it
 * @param distances whether the searcher may also learn the distance
 * @param pruned whether the owner lets the servers see which rows survive the bound
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GalleryRow(int number, long version, UUID record, byte[] note, boolean distances, boolean pruned) {}

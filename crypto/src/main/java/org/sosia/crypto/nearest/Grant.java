package org.sosia.crypto.nearest;

/**
 * What a caller may have from a collection. Each server makes it from its own list of grants; what one of them withholds nobody gets.
 *
 * @param rows the rows that are searched
 * @param distances whether the caller also learns the squared distances; with many searches these locate the stored vectors
 * @param pruned whether the owner allows searches that show both servers which rows survive the bound
 */
public record Grant(Rows rows, boolean distances, boolean pruned) {}

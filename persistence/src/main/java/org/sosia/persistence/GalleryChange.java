package org.sosia.persistence;

/**
 * One step of a gallery: one row appears or disappears.
 *
 * @param epoch the number of the step; the first is 1, and none is left out
 * @param number the row
 * @param version which content of it
 * @param gone whether it disappears
 */
public record GalleryChange(long epoch, int number, long version, boolean gone) {}

package org.sosia.imaging;

/**
 * Makes the vector of an image. What is indexed by one extractor is never compared with another's, so a better one is a new name or
 * version, and an index of its own.
 */
public interface Extractor {

    /** What it is called. */
    String name();

    /** Which version of it. */
    int version();

    /** Width of the vector's image. */
    int columns();

    /** Height of the vector's image. */
    int rows();

    /** Segments in each direction for the pruned mode. */
    int segments();

    /** One byte for each coordinate, row by row. */
    byte[] vector(GreyImage image);

    /** Name and version, as the index has them. */
    default String id() {
        return name() + "." + version();
    }
}

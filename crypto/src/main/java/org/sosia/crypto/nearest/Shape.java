package org.sosia.crypto.nearest;

/**
 * What the vectors of a collection look like: public, and the same at every party.
 *
 * @param dimensions coordinates of a vector, each 0 to 255; at most {@value #MOST_DIMENSIONS}
 * @param columns width of the image that the vector is, or 0 if it is no image
 * @param segments how many segments the image has in each direction for the bound of the pruned mode, or 0 without that mode
 */
public record Shape(int dimensions, int columns, int segments) {
    /** A squared distance and one more value fit 31 bits. */
    public static final int MOST_DIMENSIONS = 33_024;

    /** 33 times a squared distance fits 31 bits: docs/SEARCH.md, section 2. */
    public static final int MOST_PRUNED_DIMENSIONS = 980;

    private static final int MOST_SQUARE = 255 * 255;

    /** Checks the limits. */
    public Shape {
        boolean vector = columns == 0 && segments == 0;
        boolean image = columns > 0
                && segments > 0
                && dimensions <= MOST_PRUNED_DIMENSIONS
                && dimensions % columns == 0
                && columns % segments == 0
                && dimensions / columns % segments == 0;
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS || !(vector || image)) {
            throw new IllegalArgumentException("no such shape");
        }
    }

    /**
     * Vectors without the pruned mode.
     *
     * @param dimensions coordinates
     * @return the shape
     */
    public static Shape vector(int dimensions) {
        return new Shape(dimensions, 0, 0);
    }

    /**
     * Grey images whose owner allows the pruned mode, row by row.
     *
     * @param columns width in pixels
     * @param rows height in pixels
     * @param segments segments in each direction; divides both
     * @return the shape
     */
    public static Shape image(int columns, int rows, int segments) {
        return new Shape(columns * rows, columns, segments);
    }

    /**
     * Whether the pruned mode exists for this collection.
     *
     * @return whether rows carry a second, shorter vector for the bound
     */
    public boolean prunes() {
        return segments > 0;
    }

    /** Length of the bound's vector: mean and deviation of every segment. */
    int boundDimensions() {
        return 2 * segments * segments;
    }

    /** Bits of the value that stands for "no row here", which is larger than every distance. */
    int distanceBits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(dimensions * MOST_SQUARE + 1);
    }

    /** Requires a vector of this shape. */
    void check(byte[] vector) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException("the vector is of another shape");
        }
    }
}

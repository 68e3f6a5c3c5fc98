package org.sosia.imaging;

/** An image of 256 grey levels: what is left of a file after its window, before it is scaled down. */
public final class GreyImage {

    private final int width;
    private final int height;
    private final byte[] pixels;

    GreyImage(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || pixels.length != width * height) {
            throw new IllegalArgumentException("not an image");
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /** Pixels in a row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    int level(int x, int y) {
        return pixels[y * width + x] & 0xff;
    }

    /**
     * The image stretched to a size, each pixel the mean of what it covers, rounded. Computed in integers: the same on every machine, and
     * an image of that size stays as it is.
     */
    byte[] scaled(int columns, int rows) {
        long[] sums = new long[columns * rows];
        for (int y = 0; y < height; y++) {
            int firstRow = (int) ((long) y * rows / height);
            int lastRow = (int) (((long) (y + 1) * rows - 1) / height);
            long[] line = line(y, columns);
            for (int row = firstRow; row <= lastRow; row++) {
                long weight = overlap(y, rows, row, height);
                for (int column = 0; column < columns; column++) {
                    sums[row * columns + column] += weight * line[column];
                }
            }
        }
        long area = (long) width * height;
        byte[] scaled = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scaled[i] = (byte) ((sums[i] + area / 2) / area);
        }
        return scaled;
    }

    private long[] line(int y, int columns) {
        long[] line = new long[columns];
        for (int x = 0; x < width; x++) {
            int first = (int) ((long) x * columns / width);
            int last = (int) (((long) (x + 1) * columns - 1) / width);
            for (int column = first; column <= last; column++) {
                line[column] += overlap(x, columns, column, width) * level(x, y);
            }
        }
        return line;
    }

    /** How much of pixel [i·parts, (i+1)·parts) lies in cell [cell·length, (cell+1)·length). */
    private static long overlap(long i, int parts, long cell, int length) {
        return Math.min((i + 1) * parts, (cell + 1) * length) - Math.max(i * parts, cell * length);
    }
}

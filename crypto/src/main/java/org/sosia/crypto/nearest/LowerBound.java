package org.sosia.crypto.nearest;

/**
 * The lower bound of a squared distance from mean and standard deviation, by segments: the squared distance between two of these short
 * vectors is, but for the rounding, not above that between the images. With x = μ·1 + s·u and q likewise,
 * |x - q|² = len (μ_x - μ_q)² + |s_x u - s_q v|² ≥ len [(μ_x - μ_q)² + (σ_x - σ_q)²]. docs/SEARCH.md, section 2.
 */
final class LowerBound {
    private LowerBound() {}

    /** For every segment ⌊√len · μ⌋ and ⌊√len · σ⌋, computed in integers. */
    static int[] of(Shape shape, byte[] image) {
        int width = shape.columns() / shape.segments();
        int height = image.length / shape.columns() / shape.segments();
        int[] bound = new int[shape.boundDimensions()];
        for (int segment = 0; segment < shape.segments() * shape.segments(); segment++) {
            int top = segment / shape.segments() * height;
            int left = segment % shape.segments() * width;
            long sum = 0;
            long squares = 0;
            for (int y = top; y < top + height; y++) {
                for (int x = left; x < left + width; x++) {
                    long value = image[y * shape.columns() + x] & 0xff;
                    sum += value;
                    squares += value * value;
                }
            }
            long length = (long) width * height;
            bound[2 * segment] = root(sum * sum / length);
            bound[2 * segment + 1] = root((length * squares - sum * sum) / length);
        }
        return bound;
    }

    /** ⌊√n⌋. */
    private static int root(long n) {
        long root = (long) Math.sqrt((double) n);
        while (root * root > n) {
            root--;
        }
        while ((root + 1) * (root + 1) <= n) {
            root++;
        }
        return (int) root;
    }
}

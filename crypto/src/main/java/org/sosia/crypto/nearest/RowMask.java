package org.sosia.crypto.nearest;

import java.security.SecureRandom;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The mask of one new version of one row, from the key authority to the row's owner.
 *
 * <p><b>Security.</b> It hides one vector, once: two vectors under one mask would show their difference to both servers. So it seals once and then
 * refuses, and a new content of a row takes a new mask.
 */
public final class RowMask implements SecretMaterial {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Shape shape;
    private final int row;
    private final long version;
    private final int[][] masks;
    private boolean used;

    RowMask(Shape shape, int row, long version, int[][] masks) {
        this.shape = shape;
        this.row = row;
        this.version = version;
        this.masks = masks;
    }

    /**
     * What each of the two servers gets.
     *
     * @param a for server A
     * @param b for server B
     */
    public record Pair(SealedRow a, SealedRow b) {}

    /**
     * Seals a vector.
     *
     * @param vector one byte for each coordinate, 0 to 255
     * @return the row for both servers
     * @throws IllegalStateException if this mask was used before
     */
    public synchronized Pair seal(byte[] vector) {
        shape.check(vector);
        if (used) {
            throw new IllegalStateException("a mask hides one vector only");
        }
        used = true;
        Part[] parts = Part.of(shape);
        int[][] sealed = new int[parts.length][];
        int[] normsA = new int[parts.length];
        int[] normsB = new int[parts.length];
        for (int p = 0; p < parts.length; p++) {
            int[] values = parts[p].of(shape, vector);
            sealed[p] = Words.minus(values, masks[p]);
            normsA[p] = RANDOM.nextInt();
            normsB[p] = Words.dot(values, values) - normsA[p];
        }
        return new Pair(
                new SealedRow(shape, row, version, sealed, normsA), new SealedRow(shape, row, version, sealed, normsB));
    }

    @Override
    public String toString() {
        return "RowMask[secret]";
    }
}

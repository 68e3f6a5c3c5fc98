package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;

/**
 * Room for some rows, filled from the front and never changed afterwards: snapshots share slabs. For each part the sealed coordinates and this
 * server's masks lie row by row.
 */
final class Slab {
    static final int ROWS = 256;
    static final int DIGEST_WORDS = 4;

    private final int[] dimensions;
    private final int[][] sealed;
    private final int[][] masks;
    private final int[][] norms;
    private final long[] digests = new long[ROWS * DIGEST_WORDS];

    Slab(Shape shape) {
        Part[] parts = Part.of(shape);
        dimensions = new int[parts.length];
        sealed = new int[parts.length][];
        masks = new int[parts.length][];
        norms = new int[parts.length][ROWS];
        for (int p = 0; p < parts.length; p++) {
            dimensions[p] = parts[p].dimensions(shape);
            sealed[p] = new int[ROWS * dimensions[p]];
            masks[p] = new int[ROWS * dimensions[p]];
        }
    }

    void put(int at, SealedRow row, Part part, int[] mask) {
        int p = part.index;
        System.arraycopy(row.sealed(part), 0, sealed[p], at * dimensions[p], dimensions[p]);
        System.arraycopy(mask, 0, masks[p], at * dimensions[p], dimensions[p]);
        norms[p][at] = row.norm(part);
        if (part == Part.VECTOR) {
            ByteBuffer.wrap(row.digest()).asLongBuffer().get(digests, at * DIGEST_WORDS, DIGEST_WORDS);
        }
    }

    void copy(int at, Slab from, int fromAt) {
        for (int p = 0; p < dimensions.length; p++) {
            int d = dimensions[p];
            System.arraycopy(from.sealed[p], fromAt * d, sealed[p], at * d, d);
            System.arraycopy(from.masks[p], fromAt * d, masks[p], at * d, d);
            norms[p][at] = from.norms[p][fromAt];
        }
        System.arraycopy(from.digests, fromAt * DIGEST_WORDS, digests, at * DIGEST_WORDS, DIGEST_WORDS);
    }

    /** Adds the digest of a row to a sum that does not depend on the order. */
    void addDigest(int at, long[] sum) {
        for (int i = 0; i < DIGEST_WORDS; i++) {
            sum[i] += digests[at * DIGEST_WORDS + i];
        }
    }

    int norm(Part part, int at) {
        return norms[part.index][at];
    }

    /** E·w + M·f of one row. */
    int product(Part part, int at, int[] w, int[] f) {
        int p = part.index;
        return product(sealed[p], masks[p], at * dimensions[p], w, f);
    }

    /** One plain loop over four arrays, which the JIT turns into vector instructions. */
    private static int product(int[] sealed, int[] masks, int offset, int[] w, int[] f) {
        int sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum += sealed[offset + i] * w[i] + masks[offset + i] * f[i];
        }
        return sum;
    }
}

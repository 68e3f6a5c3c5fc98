package org.sosia.crypto.nearest;

import org.sosia.crypto.secret.SecretBytes;

/** The vectors of a row between which squared distances are computed: the vector itself, and the bound's of the pruned mode. */
enum Part {
    VECTOR(0) {
        @Override
        int dimensions(Shape shape) {
            return shape.dimensions();
        }

        @Override
        int[] of(Shape shape, byte[] vector) {
            int[] values = new int[vector.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = vector[i] & 0xff;
            }
            return values;
        }
    },
    BOUND(1) {
        @Override
        int dimensions(Shape shape) {
            return shape.boundDimensions();
        }

        @Override
        int[] of(Shape shape, byte[] vector) {
            return LowerBound.of(shape, vector);
        }
    };

    private static final String MASKS = "sosia/v1/nearest/masks";
    private static final String PRODUCTS = "sosia/v1/nearest/products";
    private static final Part[] WITHOUT_BOUND = {VECTOR};
    private static final Part[] WITH_BOUND = {VECTOR, BOUND};

    /** Its place in arrays and encodings. */
    final int index;

    Part(int index) {
        this.index = index;
    }

    abstract int dimensions(Shape shape);

    abstract int[] of(Shape shape, byte[] vector);

    static Part[] of(Shape shape) {
        return of(shape.prunes());
    }

    static Part[] of(boolean bound) {
        return (bound ? WITH_BOUND : WITHOUT_BOUND).clone();
    }

    /** Expands the masks that one server adds to its rows. */
    Prg masks(SecretBytes maskKey) {
        return expansion(maskKey, MASKS);
    }

    /** Expands one server's part of a query's mask and of its products with the rows' masks. */
    Prg products(SecretBytes tokenSeed) {
        return expansion(tokenSeed, PRODUCTS);
    }

    private Prg expansion(SecretBytes secret, String label) {
        try (SecretBytes key = secret.derive(label, new byte[] {(byte) index})) {
            return new Prg(key);
        }
    }

    /** The mask of one version of one row: docs/SEARCH.md, 1.2. */
    int[] mask(Prg masks, Shape shape, int row, long version) {
        int blocks = (dimensions(shape) + 3) / 4;
        return masks.blocks(blocks)
                .run(version, (long) row << Integer.SIZE, blocks)
                .ints(dimensions(shape));
    }

    /** One server's part of a query's mask. Block numbers that start with zero are no row's, because versions are positive. */
    int[] queryMask(Prg products, Shape shape) {
        return products.ints(0, dimensions(shape));
    }

    /** A's share of the product of a query's mask with a row's mask. */
    static int[] productShares(Prg products, int[] rows, long[] versions) {
        var blocks = products.blocks(rows.length);
        for (int i = 0; i < rows.length; i++) {
            blocks.run(versions[i], rows[i], 1);
        }
        int[] words = blocks.ints(4 * rows.length);
        int[] shares = new int[rows.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = words[4 * i];
        }
        return shares;
    }
}

package org.sosia.crypto.splitting;

import java.util.Arrays;

/**
 * A systematic maximum-distance-separable code over GF(256): k blocks of data and n - k blocks of parity, of which any k give back
 * everything.
 *
 * <p>Row i &lt; k of the code's matrix is the i-th unit vector; row i &ge; k is the Cauchy row 1 / (i + j), so that every k rows are
 * independent.
 *
 * <p><b>Source.</b> M. Rabin, <i>Efficient Dispersal of Information</i>, J. ACM 36(2), 1989; J. Bl&ouml;mer et al., <i>An XOR-Based
 * Erasure-Resilient Coding Scheme</i>, 1995, for the matrix.
 */
final class ErasureCode {
    /** x^8 + x^4 + x^3 + x^2 + 1, of which x is a primitive element. */
    private static final int FIELD_POLYNOMIAL = 0x11d;

    private static final int ORDER = 255;
    private static final int[] POWER = new int[2 * ORDER];
    private static final int[] LOGARITHM = new int[ORDER + 1];

    static {
        int element = 1;
        for (int i = 0; i < ORDER; i++) {
            POWER[i] = element;
            POWER[i + ORDER] = element;
            LOGARITHM[element] = i;
            element <<= 1;
            if (element > ORDER) {
                element ^= FIELD_POLYNOMIAL;
            }
        }
    }

    private final int needed;
    private final int[][] matrix;

    ErasureCode(int needed, int blocks) {
        this.needed = needed;
        this.matrix = new int[blocks][needed];
        for (int i = 0; i < blocks; i++) {
            for (int j = 0; j < needed; j++) {
                matrix[i][j] = i < needed ? (i == j ? 1 : 0) : inverse(i ^ j);
            }
        }
    }

    /** Sets {@code block} to block {@code number} of the data. */
    void encode(byte[][] data, int number, byte[] block, int length) {
        combine(matrix[number], data, block, length);
    }

    /**
     * What gives the data back from certain blocks.
     *
     * @param numbers k different numbers of blocks
     * @return k rows: row j, applied to these blocks, is block j of the data
     */
    int[][] decoder(int[] numbers) {
        int[][] left = new int[needed][];
        int[][] right = new int[needed][needed];
        for (int i = 0; i < needed; i++) {
            left[i] = matrix[numbers[i]].clone();
            right[i][i] = 1;
        }
        for (int column = 0; column < needed; column++) {
            int pivot = column;
            // Some row is not zero here: any k rows are independent.
            while (left[pivot][column] == 0) {
                pivot++;
            }
            swap(left, pivot, column);
            swap(right, pivot, column);
            int scale = inverse(left[column][column]);
            scale(left[column], scale);
            scale(right[column], scale);
            for (int row = 0; row < needed; row++) {
                if (row != column) {
                    int factor = left[row][column];
                    subtract(left[row], left[column], factor);
                    subtract(right[row], right[column], factor);
                }
            }
        }
        return right;
    }

    /** Sets {@code result} to the sum of the blocks, each times its coefficient. */
    static void combine(int[] coefficients, byte[][] blocks, byte[] result, int length) {
        Arrays.fill(result, 0, length, (byte) 0);
        for (int j = 0; j < coefficients.length; j++) {
            add(coefficients[j], blocks[j], result, length);
        }
    }

    private static void add(int coefficient, byte[] block, byte[] result, int length) {
        if (coefficient == 0) {
            return;
        }
        if (coefficient == 1) {
            for (int x = 0; x < length; x++) {
                result[x] ^= block[x];
            }
            return;
        }
        byte[] products = new byte[ORDER + 1];
        for (int value = 1; value <= ORDER; value++) {
            products[value] = (byte) multiply(coefficient, value);
        }
        for (int x = 0; x < length; x++) {
            result[x] ^= products[block[x] & 0xff];
        }
    }

    private static void swap(int[][] rows, int one, int other) {
        int[] row = rows[one];
        rows[one] = rows[other];
        rows[other] = row;
    }

    private static void scale(int[] row, int factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] = multiply(row[i], factor);
        }
    }

    private static void subtract(int[] row, int[] other, int factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] ^= multiply(other[i], factor);
        }
    }

    static int multiply(int one, int other) {
        return one == 0 || other == 0 ? 0 : POWER[LOGARITHM[one] + LOGARITHM[other]];
    }

    static int inverse(int element) {
        return POWER[ORDER - LOGARITHM[element]];
    }
}

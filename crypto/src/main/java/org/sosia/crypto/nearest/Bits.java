package org.sosia.crypto.nearest;

/** Turns numbers into planes of bits: plane i holds bit i of every number, 64 numbers a word. */
final class Bits {
    private Bits() {}

    static int words(int numbers) {
        return (numbers + Long.SIZE - 1) / Long.SIZE;
    }

    static boolean get(long[] bits, int i) {
        return (bits[i >>> 6] >>> i & 1) != 0;
    }

    /** The lowest {@code planes} planes, each of {@code words} words, one after the other; missing numbers count as zero. */
    static long[] planes(long[] numbers, int planes, int words) {
        long[] result = new long[planes * words];
        long[] square = new long[Long.SIZE];
        for (int word = 0; word < words; word++) {
            for (int i = 0; i < Long.SIZE; i++) {
                int at = word * Long.SIZE + i;
                square[i] = at < numbers.length ? numbers[at] : 0;
            }
            transpose(square);
            for (int plane = 0; plane < planes; plane++) {
                result[plane * words + word] = square[plane];
            }
        }
        return result;
    }

    /** Bit c of word r becomes bit r of word c (H. S. Warren, Hacker's Delight, 7-3, counted from the lowest bit). */
    static void transpose(long[] square) {
        long mask = 0xffff_ffffL;
        for (int width = 32; width != 0; width >>>= 1, mask ^= mask << width) {
            for (int i = 0; i < Long.SIZE; i = (i | width) + 1 & ~width) {
                long swapped = (square[i] >>> width ^ square[i | width]) & mask;
                square[i | width] ^= swapped;
                square[i] ^= swapped << width;
            }
        }
    }
}

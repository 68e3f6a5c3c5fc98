package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.MalformedException;

/** Arrays of numbers modulo 2^32 and 2^64 as big-endian bytes. */
final class Words {
    private Words() {}

    static byte[] bytes(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }

    static byte[] bytes(int word) {
        return bytes(new int[] {word});
    }

    static byte[] bytes(long[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    static int[] ints(ByteReader in, int count) throws MalformedException {
        ByteBuffer bytes = read(in, count, Integer.BYTES);
        int[] words = new int[count];
        bytes.asIntBuffer().get(words);
        return words;
    }

    static long[] longs(ByteReader in, int count) throws MalformedException {
        ByteBuffer bytes = read(in, count, Long.BYTES);
        long[] words = new long[count];
        bytes.asLongBuffer().get(words);
        return words;
    }

    /** What a few bytes announce is not allocated before it is there. */
    private static ByteBuffer read(ByteReader in, int count, int wordBytes) throws MalformedException {
        if (count > Integer.MAX_VALUE / wordBytes) {
            throw new MalformedException("more words than an encoding has bytes");
        }
        return ByteBuffer.wrap(in.fixed(count * wordBytes));
    }

    static int[] plus(int[] left, int[] right) {
        int[] sum = Arrays.copyOf(left, left.length);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    static int[] minus(int[] left, int[] right) {
        int[] difference = Arrays.copyOf(left, left.length);
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= right[i];
        }
        return difference;
    }

    static int dot(int[] left, int[] right) {
        int sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}

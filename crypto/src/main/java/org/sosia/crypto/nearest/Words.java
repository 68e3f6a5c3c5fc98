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
        int[] words = new int[count];
        ByteBuffer.wrap(in.fixed(count * Integer.BYTES)).asIntBuffer().get(words);
        return words;
    }

    static long[] longs(ByteReader in, int count) throws MalformedException {
        long[] words = new long[count];
        ByteBuffer.wrap(in.fixed(count * Long.BYTES)).asLongBuffer().get(words);
        return words;
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

package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.sosia.crypto.encoding.MalformedException;

/**
 * Sealed things of one size, the same at both servers, one of which a user fetches without either server learning which (B. Chor, O. Goldreich, E. Kushilevitz,
 * M. Sudan, Private Information Retrieval, 1995): each server joins by exclusive or what a random selection names, and the two selections differ in one place.
 * Up go n/8 bytes to each server, down comes one thing from each.
 */
public final class Shelf {
    /** Bounds the memory of a shelf. */
    public static final long MOST_BYTES = 1L << 30;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int thingBytes;
    private final int size;
    private final long[] words;
    private final int wordsEach;

    /**
     * Puts things side by side, in an order that is the same at both servers. Shorter ones are filled up with zeros.
     *
     * @param thingBytes size of the largest
     * @param things sealed headers or thumbnails
     */
    public Shelf(int thingBytes, List<byte[]> things) {
        this.thingBytes = thingBytes;
        size = things.size();
        wordsEach = (thingBytes + Long.BYTES - 1) / Long.BYTES;
        if (thingBytes < 1 || (long) size * wordsEach * Long.BYTES > MOST_BYTES) {
            throw new IllegalArgumentException("a shelf holds up to a gigabyte");
        }
        words = new long[size * wordsEach];
        ByteBuffer padded = ByteBuffer.allocate(wordsEach * Long.BYTES);
        for (int i = 0; i < size; i++) {
            padded.clear().put(new byte[padded.capacity()]).clear();
            padded.put(things.get(i)).clear();
            LongBuffer from = padded.asLongBuffer();
            from.get(words, i * wordsEach, wordsEach);
        }
    }

    /**
     * One selection for each server.
     *
     * @param a for server A, uniform
     * @param b for server B, uniform
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Selections(byte[] a, byte[] b) {
        @Override
        public String toString() {
            return "Selections[secret]";
        }
    }

    /**
     * Asks for one thing.
     *
     * @param size how many there are
     * @param index which one
     * @return a selection for each server
     */
    public static Selections select(int size, int index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no such thing");
        }
        byte[] a = new byte[(size + 7) / 8];
        RANDOM.nextBytes(a);
        if (size % 8 != 0) {
            a[a.length - 1] &= (byte) ((1 << (size % 8)) - 1);
        }
        byte[] b = a.clone();
        b[index / 8] ^= (byte) (1 << (index % 8));
        return new Selections(a, b);
    }

    /**
     * Joins what a selection names.
     *
     * @param selection one bit for each thing, the lowest first
     * @return as many bytes as a thing has
     * @throws MalformedException if it selects among another number of things
     */
    public byte[] join(byte[] selection) throws MalformedException {
        boolean tooMany =
                size % 8 != 0 && selection.length > 0 && (selection[selection.length - 1] & 0xff) >>> (size % 8) != 0;
        if (selection.length != (size + 7) / 8 || tooMany) {
            throw new MalformedException("a selection among another number of things");
        }
        long[] joined = new long[wordsEach];
        for (int i = 0; i < size; i++) {
            if (((selection[i / 8] >>> (i % 8)) & 1) != 0) {
                xor(joined, words, i * wordsEach);
            }
        }
        byte[] bytes = Words.bytes(joined);
        return Arrays.copyOf(bytes, thingBytes);
    }

    private static void xor(long[] target, long[] source, int offset) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= source[offset + i];
        }
    }

    /**
     * Puts the two answers together.
     *
     * @param a server A's
     * @param b server B's
     * @return the thing, filled up with zeros
     * @throws MalformedException if they are of different lengths
     */
    public static byte[] combine(byte[] a, byte[] b) throws MalformedException {
        if (a.length != b.length) {
            throw new MalformedException("the two answers do not fit each other");
        }
        byte[] thing = a.clone();
        for (int i = 0; i < thing.length; i++) {
            thing[i] ^= b[i];
        }
        return thing;
    }
}

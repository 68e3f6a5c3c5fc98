package org.sosia.crypto.nearest;

import java.util.ArrayList;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * What a token is good for: public, and it fixes how much randomness is dealt.
 *
 * @param shape the collection's
 * @param capacity rows that a search may span, new ones included
 * @param indexBits bits of the largest row number
 * @param mostNeighbours largest k
 * @param pruned whether the token is for the pruned mode
 */
public record Plan(Shape shape, int capacity, int indexBits, int mostNeighbours, boolean pruned) {
    /** Largest k of any token. */
    public static final int MOST_NEIGHBOURS = 256;

    static final int MOST_INDEX_BITS = 24;

    /** Rows whose exact distances give the threshold of the pruned mode. */
    static final int SAMPLE = 1024;

    private static final int SMALLEST_SHUFFLE = 256;

    /** Checks the limits. */
    public Plan {
        if (capacity < 1
                || capacity > Roll.MOST_ROWS
                || indexBits < 1
                || indexBits > MOST_INDEX_BITS
                || capacity > 1 << indexBits
                || mostNeighbours < 1
                || mostNeighbours > MOST_NEIGHBOURS
                || (pruned && !shape.prunes())) {
            throw new IllegalArgumentException("no such plan");
        }
    }

    /**
     * A plan for a collection as it is, with room for some more rows.
     *
     * @param shape the collection's
     * @param roll its rows
     * @param spare how many rows may be added before the token is outdated
     * @param mostNeighbours largest k
     * @param pruned whether for the pruned mode
     * @return the plan
     */
    public static Plan of(Shape shape, Roll roll, int spare, int mostNeighbours, boolean pruned) {
        int capacity = Math.max(1, Math.addExact(roll.size(), spare));
        int last = roll.size() == 0 ? 0 : roll.row(roll.size() - 1);
        int largest = Math.max(last + spare, capacity);
        return new Plan(
                shape,
                capacity,
                Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(largest)),
                mostNeighbours,
                pruned);
    }

    /** Bits of a key: a distance, then a row number. */
    int keyBits() {
        return shape.distanceBits() + indexBits;
    }

    /** Bits of a difference between a bound and the threshold. */
    int boundBits() {
        return Integer.SIZE - 1 + indexBits;
    }

    /** How many numbers each dealt shuffle permutes. The pruned mode has one for the sample, then a ladder, as survivors are few or many. */
    List<Integer> shuffles() {
        if (!pruned) {
            return List.of(capacity);
        }
        List<Integer> sizes = new ArrayList<>();
        sizes.add(SAMPLE);
        for (int size = SMALLEST_SHUFFLE; size < capacity; size *= 2) {
            sizes.add(size);
        }
        sizes.add(capacity);
        return sizes;
    }

    /** Columns of 64 comparisons of keys. */
    int columns() {
        return Selection.columns(capacity, mostNeighbours) + (pruned ? Selection.columns(SAMPLE, mostNeighbours) : 0);
    }

    /** Columns of 64 comparisons of bounds. */
    int boundColumns() {
        return pruned ? Comparisons.evenWords(capacity) : 0;
    }

    void write(ByteWriter out) {
        out.u16(shape.dimensions()).u16(shape.columns()).u8(shape.segments());
        out.u32(capacity).u8(indexBits).u16(mostNeighbours).u8(pruned ? 1 : 0);
    }

    static Plan read(ByteReader in) throws MalformedException {
        try {
            Shape shape = new Shape(in.u16(), in.u16(), in.u8());
            int capacity = in.u32();
            int indexBits = in.u8();
            int mostNeighbours = in.u16();
            int pruned = in.u8();
            if (pruned > 1) {
                throw new MalformedException("a mode is unknown");
            }
            return new Plan(shape, capacity, indexBits, mostNeighbours, pruned == 1);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no such plan");
        }
    }
}

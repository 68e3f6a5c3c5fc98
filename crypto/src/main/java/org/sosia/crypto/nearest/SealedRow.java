package org.sosia.crypto.nearest;

import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/**
 * One row as one server stores it: the vector under both masks, and this server's share of its squared length. Uniform to whoever lacks a mask.
 *
 * <p><b>Shape.</b> version 1 ‖ u32 row ‖ u64 version ‖ for each part 4 bytes a coordinate ‖ 4 bytes share.
 */
public final class SealedRow {
    private static final byte VERSION = 1;

    private final int row;
    private final long version;
    private final int[][] sealed;
    private final int[] norms;

    SealedRow(Shape shape, int row, long version, int[][] sealed, int[] norms) {
        this.row = row;
        this.version = version;
        this.sealed = sealed;
        this.norms = norms;
        if (row < 0 || row >= Dealer.MOST_ROW_NUMBER || version < 1 || sealed[0].length != shape.dimensions()) {
            throw new IllegalArgumentException("no such row");
        }
    }

    /**
     * The row's number.
     *
     * @return 0 or more
     */
    public int row() {
        return row;
    }

    /**
     * Which content of the row this is: drawn at random, so two contents never share one.
     *
     * @return 1 or more
     */
    public long version() {
        return version;
    }

    int[] sealed(Part part) {
        return sealed[part.index];
    }

    int norm(Part part) {
        return norms[part.index];
    }

    /** The same at both servers if and only if they hold the same row: their shares are left out. */
    byte[] digest() {
        ByteWriter out = new ByteWriter().u32(row).u64(version);
        for (int[] part : sealed) {
            out.fixed(Words.bytes(part));
        }
        return Digests.sha256(out.toByteArray());
    }

    /**
     * Writes the row.
     *
     * @return its encoding
     */
    public byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u32(row).u64(version);
        for (int p = 0; p < sealed.length; p++) {
            out.fixed(Words.bytes(sealed[p])).fixed(Words.bytes(norms[p]));
        }
        return out.toByteArray();
    }

    /**
     * Reads a row.
     *
     * @param shape the collection's
     * @param encoded what {@link #encode} wrote
     * @return the row
     * @throws MalformedException if it is no row of this shape
     */
    public static SealedRow decode(Shape shape, byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        in.expect(VERSION);
        int row = in.u32();
        long version = in.u64();
        if (row >= Dealer.MOST_ROW_NUMBER || version < 1) {
            throw new MalformedException("no such row");
        }
        Part[] parts = Part.of(shape);
        int[][] sealed = new int[parts.length][];
        int[] norms = new int[parts.length];
        for (int p = 0; p < parts.length; p++) {
            sealed[p] = Words.ints(in, parts[p].dimensions(shape));
            norms[p] = Words.ints(in, 1)[0];
        }
        in.end();
        return new SealedRow(shape, row, version, sealed, norms);
    }
}

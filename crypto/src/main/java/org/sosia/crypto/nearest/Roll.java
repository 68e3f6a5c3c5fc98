package org.sosia.crypto.nearest;

import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/** Which rows a collection has, and in which versions: public, no content. The key authority mints tokens for a roll. */
public final class Roll {
    /** The largest number of rows of one roll. */
    public static final int MOST_ROWS = 1 << 20;

    private static final byte VERSION = 1;

    private final int[] rows;
    private final long[] versions;

    Roll(int[] rows, long[] versions) {
        this.rows = rows;
        this.versions = versions;
    }

    /**
     * How many rows there are.
     *
     * @return rows
     */
    public int size() {
        return rows.length;
    }

    int row(int i) {
        return rows[i];
    }

    long version(int i) {
        return versions[i];
    }

    /**
     * Those rows of this roll that an earlier one lacks or has in another version: what a supplement must cover.
     *
     * @param earlier the roll that a token was minted for
     * @return the difference
     */
    public Roll since(Roll earlier) {
        int[] newRows = new int[rows.length];
        long[] newVersions = new long[rows.length];
        int count = 0;
        for (int i = 0, j = 0; i < rows.length; i++) {
            while (j < earlier.rows.length && earlier.rows[j] < rows[i]) {
                j++;
            }
            boolean known = j < earlier.rows.length && earlier.rows[j] == rows[i] && earlier.versions[j] == versions[i];
            if (!known) {
                newRows[count] = rows[i];
                newVersions[count++] = versions[i];
            }
        }
        return new Roll(java.util.Arrays.copyOf(newRows, count), java.util.Arrays.copyOf(newVersions, count));
    }

    /**
     * Writes the roll.
     *
     * @return version 1 ‖ u32 count ‖ for each row u32 number ‖ u64 version
     */
    public byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u32(rows.length);
        for (int i = 0; i < rows.length; i++) {
            out.u32(rows[i]).u64(versions[i]);
        }
        return out.toByteArray();
    }

    /**
     * Reads a roll.
     *
     * @param encoded what {@link #encode} wrote
     * @return the roll
     * @throws MalformedException if it is no roll, or its rows do not ascend
     */
    public static Roll decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, 5 + MOST_ROWS * 12);
        in.expect(VERSION);
        int count = in.u32();
        if (count > MOST_ROWS || encoded.length != 5 + count * 12) {
            throw new MalformedException("a roll announces another number of rows than it has");
        }
        int[] rows = new int[count];
        long[] versions = new long[count];
        for (int i = 0; i < count; i++) {
            rows[i] = in.u32();
            versions[i] = in.u64();
            if ((i > 0 && rows[i] <= rows[i - 1]) || versions[i] == 0) {
                throw new MalformedException("the rows of a roll ascend, and versions are positive");
            }
        }
        in.end();
        return new Roll(rows, versions);
    }
}

package org.sosia.crypto.nearest;

import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/** B's shares of the products of a query's mask with the masks of certain rows, for each part: 12 + 4 bytes a row and part. */
final class Entries {
    private final Roll roll;
    private final int[][] shares;

    Entries(Roll roll, int[][] shares) {
        this.roll = roll;
        this.shares = shares;
    }

    void write(ByteWriter out) {
        byte[] encoded = roll.encode();
        out.u32(encoded.length).fixed(encoded);
        for (int[] part : shares) {
            out.fixed(Words.bytes(part));
        }
    }

    static Entries read(ByteReader in, boolean pruned) throws MalformedException {
        Roll roll = Roll.decode(in.fixed(in.u32()));
        int[][] shares = new int[Part.of(pruned).length][];
        for (int p = 0; p < shares.length; p++) {
            shares[p] = Words.ints(in, roll.size());
        }
        return new Entries(roll, shares);
    }

    /** These entries and those of a supplement, which has none of the same rows in the same versions. */
    Entries and(Entries more) {
        int n = roll.size() + more.roll.size();
        int[] rows = new int[n];
        long[] versions = new long[n];
        int[][] both = new int[shares.length][n];
        for (int at = 0, i = 0, j = 0; at < n; at++) {
            boolean mine = j == more.roll.size() || (i < roll.size() && roll.row(i) <= more.roll.row(j));
            Entries from = mine ? this : more;
            int index = mine ? i++ : j++;
            rows[at] = from.roll.row(index);
            versions[at] = from.roll.version(index);
            for (int p = 0; p < both.length; p++) {
                both[p][at] = from.shares[p][index];
            }
        }
        return new Entries(new Roll(rows, versions), both);
    }

    /** The shares for certain rows, each part in the order of the rows. */
    int[][] of(int[] rows, long[] versions) throws SearchRefusedException {
        int[][] result = new int[shares.length][rows.length];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            while (at < roll.size()
                    && (roll.row(at) < rows[i] || (roll.row(at) == rows[i] && roll.version(at) != versions[i]))) {
                at++;
            }
            if (at == roll.size() || roll.row(at) != rows[i]) {
                throw new SearchRefusedException(Reason.TOKEN_OUTDATED);
            }
            for (int p = 0; p < result.length; p++) {
                result[p][i] = shares[p][at];
            }
        }
        return result;
    }
}

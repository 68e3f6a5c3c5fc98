package org.sosia.crypto.nearest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A public set of row numbers, as ranges: what somebody may search. Each server keeps its own list and restricts to it. */
public final class Rows {
    private static final Rows ALL = new Rows(new int[] {0}, new int[] {Integer.MAX_VALUE});

    private final int[] from;
    private final int[] to;

    private Rows(int[] from, int[] to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Every row.
     *
     * @return the set
     */
    public static Rows all() {
        return ALL;
    }

    /**
     * Some rows.
     *
     * @param rows their numbers, in any order
     * @return the set
     */
    public static Rows of(int... rows) {
        int[] sorted = rows.clone();
        Arrays.sort(sorted);
        List<int[]> ranges = new ArrayList<>();
        for (int row : sorted) {
            int[] last = ranges.isEmpty() ? new int[] {-1, -1} : ranges.get(ranges.size() - 1);
            if (row < 0) {
                throw new IllegalArgumentException("a row has no negative number");
            }
            if (ranges.isEmpty() || row > last[1]) {
                ranges.add(new int[] {row, row + 1});
            } else {
                last[1] = row + 1;
            }
        }
        return new Rows(
                ranges.stream().mapToInt(range -> range[0]).toArray(),
                ranges.stream().mapToInt(range -> range[1]).toArray());
    }

    /**
     * Consecutive rows.
     *
     * @param from the first
     * @param to one behind the last
     * @return the set
     */
    public static Rows range(int from, int to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no such range");
        }
        return from == to ? of() : new Rows(new int[] {from}, new int[] {to});
    }

    /**
     * Whether a row is in the set.
     *
     * @param row its number
     * @return whether it is
     */
    public boolean contains(int row) {
        int found = Arrays.binarySearch(from, row);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && row < to[range];
    }
}

package org.sosia.crypto.nearest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The rows of a server after one change; searches work on one snapshot from beginning to end, whatever is changed meanwhile. */
final class Snapshot {
    final long epoch;
    private final Shape shape;
    private final int[] rows;
    private final long[] versions;
    private final int[] slots;
    private final Slab[] slabs;
    private final int usedSlots;

    private Snapshot(long epoch, Shape shape, int[] rows, long[] versions, int[] slots, Slab[] slabs, int usedSlots) {
        this.epoch = epoch;
        this.shape = shape;
        this.rows = rows;
        this.versions = versions;
        this.slots = slots;
        this.slabs = slabs;
        this.usedSlots = usedSlots;
    }

    static Snapshot empty(Shape shape) {
        return new Snapshot(0, shape, new int[0], new long[0], new int[0], new Slab[0], 0);
    }

    Roll roll() {
        return new Roll(rows, versions);
    }

    /** This snapshot after a change. Slots behind the used ones are invisible to older snapshots, so slabs are filled in place. */
    Snapshot with(Change change, Prg[] masks) {
        var put = new TreeMap<Integer, SealedRow>();
        for (SealedRow row : change.put()) {
            if (put.put(row.row(), row) != null) {
                throw new IllegalArgumentException("a change has one content for a row");
            }
        }
        Set<Integer> deleted = new HashSet<>(change.deleted());
        int most = rows.length + put.size();
        if (most > Roll.MOST_ROWS) {
            throw new IllegalArgumentException("a collection has at most " + Roll.MOST_ROWS + " rows");
        }
        int[] newRows = new int[most];
        long[] newVersions = new long[most];
        int[] newSlots = new int[most];
        Slab[] newSlabs = Arrays.copyOf(slabs, (usedSlots + put.size() + Slab.ROWS - 1) / Slab.ROWS);
        for (int i = slabs.length; i < newSlabs.length; i++) {
            newSlabs[i] = new Slab(shape);
        }
        int count = 0;
        int used = usedSlots;
        int at = 0;
        for (SealedRow row : put.values()) {
            for (; at < rows.length && rows[at] < row.row(); at++) {
                if (!deleted.contains(rows[at])) {
                    newRows[count] = rows[at];
                    newVersions[count] = versions[at];
                    newSlots[count++] = slots[at];
                }
            }
            if (at < rows.length && rows[at] == row.row()) {
                at++;
            }
            fill(newSlabs, used, row, masks);
            newRows[count] = row.row();
            newVersions[count] = row.version();
            newSlots[count++] = used++;
        }
        for (; at < rows.length; at++) {
            if (!deleted.contains(rows[at])) {
                newRows[count] = rows[at];
                newVersions[count] = versions[at];
                newSlots[count++] = slots[at];
            }
        }
        return new Snapshot(
                        change.epoch(),
                        shape,
                        Arrays.copyOf(newRows, count),
                        Arrays.copyOf(newVersions, count),
                        Arrays.copyOf(newSlots, count),
                        newSlabs,
                        used)
                .compacted();
    }

    private void fill(Slab[] target, int slot, SealedRow row, Prg[] masks) {
        for (Part part : Part.of(shape)) {
            int[] mask = part.mask(masks[part.index], shape, row.row(), row.version());
            target[slot / Slab.ROWS].put(slot % Slab.ROWS, row, part, mask);
        }
    }

    /** Copies what is left into new slabs when more than half is gone. */
    private Snapshot compacted() {
        if (usedSlots <= 2 * rows.length + 4 * Slab.ROWS) {
            return this;
        }
        Slab[] compact = new Slab[(rows.length + Slab.ROWS - 1) / Slab.ROWS];
        Arrays.setAll(compact, i -> new Slab(shape));
        int[] newSlots = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            newSlots[i] = i;
            compact[i / Slab.ROWS].copy(i % Slab.ROWS, slabs[slots[i] / Slab.ROWS], slots[i] % Slab.ROWS);
        }
        return new Snapshot(epoch, shape, rows, versions, newSlots, compact, rows.length);
    }

    /** Those rows of this snapshot that a caller may search. */
    View granted(Rows allowed) {
        int[] chosen = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (allowed.contains(rows[i])) {
                chosen[count++] = i;
            }
        }
        return view(Arrays.copyOf(chosen, count));
    }

    private View view(int[] chosen) {
        return new View(
                Arrays.stream(chosen).map(i -> rows[i]).toArray(),
                Arrays.stream(chosen).mapToLong(i -> versions[i]).toArray(),
                Arrays.stream(chosen).map(i -> slots[i]).toArray());
    }

    /** Some rows of a snapshot, in ascending order. */
    final class View {
        final int[] rows;
        final long[] versions;
        private final int[] slots;

        private View(int[] rows, long[] versions, int[] slots) {
            this.rows = rows;
            this.versions = versions;
            this.slots = slots;
        }

        int size() {
            return rows.length;
        }

        /** Which rows and contents these are. */
        List<byte[]> digest() {
            long[] sum = new long[Slab.DIGEST_WORDS];
            for (int slot : slots) {
                slabs[slot / Slab.ROWS].addDigest(slot % Slab.ROWS, sum);
            }
            return List.of(Words.bytes(new long[] {epoch, rows.length}), Words.bytes(sum));
        }

        /**
         * This server's shares of the squared distances of chosen rows: n - 2z + n_q with z = M·f + E·w + c.
         *
         * @param chosen positions in this view
         * @param c shares of M·r, for every row of this view
         */
        int[] distances(Part part, int[] chosen, int[] w, int[] f, int[] c, int queryNorm) {
            int[] shares = new int[chosen.length];
            for (int i = 0; i < shares.length; i++) {
                int slot = slots[chosen[i]];
                Slab slab = slabs[slot / Slab.ROWS];
                int z = slab.product(part, slot % Slab.ROWS, w, f) + c[chosen[i]];
                shares[i] = slab.norm(part, slot % Slab.ROWS) - 2 * z + queryNorm;
            }
            return shares;
        }
    }
}

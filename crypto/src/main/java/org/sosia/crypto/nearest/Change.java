package org.sosia.crypto.nearest;

import java.util.List;

/**
 * What one server does to its rows in one step: searches see all of it or nothing. Both servers get the changes of a collection in the same order
 * with the same numbers; that the rows are the same they find out themselves.
 *
 * @param epoch the number of this change, one more than that of the one before; the first is 1
 * @param put new rows, or new versions of rows
 * @param deleted numbers of rows that are no more
 */
public record Change(long epoch, List<SealedRow> put, List<Integer> deleted) {
    /** Takes copies. */
    public Change {
        put = List.copyOf(put);
        deleted = List.copyOf(deleted);
    }
}

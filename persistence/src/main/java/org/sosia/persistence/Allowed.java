package org.sosia.persistence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sosia.crypto.nearest.Rows;
import org.sosia.persistence.GalleryRefusedException.Why;

/**
 * Of the rows that somebody wants to search, those that a server's own list lets her.
 *
 * @param rows the rows
 * @param distances whether she may learn the distances of all of them
 * @param pruned whether the owners of all of them allow the pruned mode
 */
record Allowed(Rows rows, boolean distances, boolean pruned) {

    static Allowed of(List<GalleryRow> own, int[] wanted) throws GalleryRefusedException {
        Map<Integer, GalleryRow> list = new HashMap<>();
        own.forEach(row -> list.put(row.number(), row));
        int[] allowed = Arrays.stream(wanted).filter(list::containsKey).toArray();
        if (allowed.length == 0) {
            throw new GalleryRefusedException(Why.NOT_GRANTED);
        }
        boolean distances = true;
        boolean pruned = true;
        for (int number : allowed) {
            GalleryRow row = list.get(number);
            distances &= row != null && row.distances();
            pruned &= row != null && row.pruned();
        }
        return new Allowed(Rows.of(allowed), distances, pruned);
    }
}

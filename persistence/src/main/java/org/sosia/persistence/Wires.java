package org.sosia.persistence;

import java.util.HashMap;
import java.util.Map;
import org.sosia.crypto.nearest.Link;

/**
 * The connections between the two servers of each gallery in this process: one each. A server that begins anew asks for a new one; the
 * other notices before its next search.
 */
final class Wires {

    private final Map<String, Link.Pair> pairs = new HashMap<>();

    /** The connection of a gallery. */
    synchronized Link.Pair of(String rack) {
        return pairs.computeIfAbsent(rack, name -> Link.pair());
    }

    /** A fresh connection in place of one that ended. */
    synchronized Link.Pair after(String rack, Link.Pair ended) {
        if (ended.equals(pairs.get(rack))) {
            pairs.put(rack, Link.pair());
        }
        return of(rack);
    }
}

package org.sosia.persistence;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.nearest.Link;

/**
 * The connections between the two servers of each gallery when both are in this process. A server that begins anew asks for a new one; the
 * other notices before its next search.
 */
final class LocalWires implements Wires {

    private final Map<String, Link.Pair> pairs = new HashMap<>();

    @Override
    public synchronized Link link(GalleryEnd end, @Nullable Link used, boolean works) {
        Link present = side(end, pairs.computeIfAbsent(end.rack(), name -> Link.pair()));
        if (works || !present.equals(used)) {
            return present;
        }
        Link.Pair fresh = Link.pair();
        pairs.put(end.rack(), fresh);
        return side(end, fresh);
    }

    private static Link side(GalleryEnd end, Link.Pair pair) {
        return end.end() == GalleryEnd.End.A ? pair.a() : pair.b();
    }
}

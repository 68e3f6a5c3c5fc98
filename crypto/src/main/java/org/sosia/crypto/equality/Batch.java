package org.sosia.crypto.equality;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * What the front sends to the back: which words it tested, and the blinded differences in another order.
 *
 * <p><b>Shape.</b> version 1 ‖ u16 count ‖ ids (16 each) ‖ pairs (130 each).
 */
final class Batch {
    /** Longest batch: the permutation of one fits a delivery. */
    static final int MOST_TESTS = 1024;

    private static final byte VERSION = 1;

    record Pair(Point x1, Point x2) {}

    final List<UUID> ids;
    final List<Pair> pairs;

    Batch(List<UUID> ids, List<Pair> pairs) {
        this.ids = List.copyOf(ids);
        this.pairs = List.copyOf(pairs);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u16(ids.size());
        ids.forEach(out::uuid);
        pairs.forEach(pair -> out.fixed(pair.x1().encodeLong()).fixed(pair.x2().encodeLong()));
        return out.toByteArray();
    }

    static Batch decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, 3 + MOST_TESTS * (16 + 2 * Point.LONG_BYTES));
        in.expect(VERSION);
        int count = in.u16();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(in.uuid());
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair(
                    Point.decodeLong(in.fixed(Point.LONG_BYTES)), Point.decodeLong(in.fixed(Point.LONG_BYTES))));
        }
        in.end();
        return new Batch(ids, pairs);
    }
}

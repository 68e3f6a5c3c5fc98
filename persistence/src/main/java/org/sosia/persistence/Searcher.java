package org.sosia.persistence;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.Change;
import org.sosia.crypto.nearest.Grant;
import org.sosia.crypto.nearest.Link;
import org.sosia.crypto.nearest.Rows;
import org.sosia.crypto.nearest.SealedRow;
import org.sosia.crypto.nearest.SearchRefusedException;
import org.sosia.crypto.nearest.Server;
import org.sosia.crypto.secret.SecretBytes;

/**
 * One end of a gallery in memory. The table is the truth: before every search the changes that came since the last one are read from
 * it, whichever node made them. Made at the first search, and anew after the two ends were reconciled.
 */
final class Searcher {

    /** A search over 100,000 rows exchanges its largest message in well under a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final GalleryEnd end;
    private final Wires wires;

    /** The parts of each burned token, for the search that burned it. */
    private final Map<UUID, List<byte[]>> burned = new ConcurrentHashMap<>();

    private @Nullable Server server;
    private @Nullable Link connected;
    private int turn = -1;

    Searcher(GalleryEnd end, Wires wires) {
        this.end = end;
        this.wires = wires;
    }

    /** Where the rows come from; a call sees one moment. */
    interface Feed {
        State state(long after, int turn);
    }

    /** A row as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(int number, long born, @Nullable Long gone, byte @Nullable [] body) {}

    /**
     * What came behind a change, or everything when the turn is another.
     *
     * @param turn how often the ends were reconciled
     * @param epoch the last change
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record State(int turn, long epoch, byte[] maskKey, List<Stored> rows) {}

    /** Searches, with a token that was burned. */
    byte[] answer(
            UUID token, List<byte[]> parts, byte[] request, Rows rows, boolean distances, boolean pruned, Feed feed)
            throws SearchRefusedException, GalleryRefusedException {
        Server current = current(feed);
        connect(current);
        burned.put(token, parts);
        try {
            return current.answer(request, new Grant(rows, distances, pruned));
        } finally {
            burned.remove(token);
        }
    }

    private List<byte[]> handOver(UUID token) {
        List<byte[]> parts = burned.remove(token);
        return parts == null ? List.of() : parts;
    }

    private synchronized Server current(Feed feed) {
        Server known = server;
        long reached = known == null ? 0 : known.epoch();
        State state = feed.state(reached, turn);
        boolean older = state.turn() == turn && state.epoch() < reached;
        if (older) {
            // A backup was put back under a server that went on.
            state = feed.state(0, turn);
        }
        if (known == null || older || state.turn() != turn) {
            known = begun(state);
            server = known;
            turn = state.turn();
            reached = 0;
        }
        apply(known, state, reached);
        return known;
    }

    private Server begun(State state) {
        if (server != null) {
            server.close();
        }
        try (SecretBytes key = SecretBytes.copyOf(state.maskKey())) {
            return new Server(end.side(), end.shape(), key, this::handOver, PATIENCE);
        }
    }

    private void apply(Server to, State state, long reached) {
        if (reached == 0) {
            List<SealedRow> all = new ArrayList<>();
            for (Stored row : state.rows()) {
                byte[] body = row.body();
                if (body != null && row.gone() == null) {
                    all.add(decoded(body));
                }
            }
            if (state.epoch() > 0) {
                to.apply(new Change(state.epoch(), all, List.of()));
            }
            return;
        }
        Map<Long, Change> changes = new TreeMap<>();
        for (long epoch = reached + 1; epoch <= state.epoch(); epoch++) {
            changes.put(epoch, new Change(epoch, List.of(), List.of()));
        }
        for (Stored row : state.rows()) {
            byte[] body = row.body();
            if (body != null) {
                changes.computeIfPresent(
                        row.born(), (epoch, none) -> new Change(epoch, List.of(decoded(body)), List.of()));
            }
            Long gone = row.gone();
            if (gone != null) {
                changes.computeIfPresent(gone, (epoch, none) -> new Change(epoch, List.of(), List.of(row.number())));
            }
        }
        changes.values().forEach(to::apply);
    }

    private SealedRow decoded(byte[] body) {
        try {
            return SealedRow.decode(end.shape(), body);
        } catch (MalformedException damaged) {
            throw new IllegalStateException("a stored row cannot be read", damaged);
        }
    }

    /** Waits for the other end without holding up searches that have a link. A link whose other end began anew is of no use. */
    private void connect(Server to) throws GalleryRefusedException {
        try {
            Link now = wires.link(end, connected(), to.isConnected());
            synchronized (this) {
                if (!now.equals(connected)) {
                    to.connect(now);
                    connected = now;
                }
            }
        } catch (IOException away) {
            GalleryRefusedException refused = new GalleryRefusedException(GalleryRefusedException.Why.UNAVAILABLE);
            refused.initCause(away);
            throw refused;
        }
    }

    private synchronized @Nullable Link connected() {
        return connected;
    }

    /** Ends the link. */
    synchronized void close() {
        if (server != null) {
            server.close();
        }
    }
}

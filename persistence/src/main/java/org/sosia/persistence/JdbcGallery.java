package org.sosia.persistence;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.nearest.SearchRefusedException;
import org.sosia.persistence.GalleryRefusedException.Why;

/** A cloud's server of galleries over its store, on connections of its own: each call is one transaction whatever its caller is in. */
final class JdbcGallery implements OriginalGallery, DuplicateGallery {

    /** A request begins with a version, a side and the token's id. */
    private static final int TOKEN_AT = 2;

    private static final int ID_BYTES = 2 * Long.BYTES;

    private final DataSource source;
    private final Executor threads;
    private final Wires wires;
    private final @Nullable RemoteServer elsewhere;
    private final int mostAnHour;
    private final Map<GalleryEnd, Searcher> searchers = new ConcurrentHashMap<>();

    /**
     * Over one cloud's store.
     *
     * @param source gives a connection outside of any transaction
     * @param threads where a search runs beside its caller
     * @param wires the connections to the other server
     * @param elsewhere the process that searches in place of this one; null if this one does
     * @param mostAnHour how many searches of one person an hour are answered here
     */
    JdbcGallery(DataSource source, Executor threads, Wires wires, @Nullable RemoteServer elsewhere, int mostAnHour) {
        this.source = source;
        this.threads = threads;
        this.wires = wires;
        this.elsewhere = elsewhere;
        this.mostAnHour = mostAnHour;
    }

    /** Reads or changes the tables, for an answer. */
    private interface Step<T> {
        T on(GalleryTable table) throws GalleryRefusedException;
    }

    private <T> T in(boolean oneMoment, Step<T> step) throws GalleryRefusedException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Sql sql = Sql.on(connection);
                if (oneMoment) {
                    sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                }
                T answer = step.on(new GalleryTable(sql));
                connection.commit();
                return answer;
            } catch (GalleryRefusedException | RuntimeException refused) {
                connection.rollback();
                throw refused;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new StoreFailedException(failed);
        }
    }

    private <T> T read(Function<GalleryTable, T> step) {
        try {
            return in(false, step::apply);
        } catch (GalleryRefusedException never) {
            throw new IllegalStateException(never);
        }
    }

    private void change(Consumer<GalleryTable> step) {
        read(table -> {
            step.accept(table);
            return true;
        });
    }

    @Override
    public void open(GalleryEnd end, byte[] maskKey) {
        change(table -> table.open(end, maskKey));
    }

    @Override
    public int nextNumber(GalleryEnd end) {
        return read(table -> table.nextNumber(end));
    }

    @Override
    public void stage(GalleryEnd end, int number, long version, UUID record, String owner, byte[] note, byte[] row) {
        change(table -> table.stage(end, number, version, record, owner, note, row));
    }

    @Override
    public long publish(GalleryEnd end, int number, long version, UUID record) {
        return read(table -> table.publish(end, number, version, record));
    }

    @Override
    public boolean shows(GalleryEnd end, UUID record) {
        return read(table -> table.shows(end, record));
    }

    @Override
    public void withdraw(GalleryEnd end, UUID record) {
        change(table -> table.withdraw(end, record));
    }

    @Override
    public long epoch(GalleryEnd end) {
        return read(table -> table.epoch(end));
    }

    @Override
    public List<GalleryChange> changes(GalleryEnd end, long after, int limit) {
        return read(table -> table.changes(end, after, limit));
    }

    @Override
    public void follow(GalleryEnd end, List<GalleryChange> changes) {
        change(table -> table.follow(end, changes));
    }

    @Override
    public List<GalleryChange> visible(GalleryEnd end) {
        return read(table -> table.visible(end));
    }

    @Override
    public List<GalleryChange> align(GalleryEnd end, long epoch, List<GalleryChange> visible) {
        return read(table -> table.align(end, epoch, visible));
    }

    @Override
    public Optional<UUID> recordOf(GalleryEnd end, int number) {
        return read(table -> table.recordOf(end, number));
    }

    @Override
    public void keepSight(UUID record, byte[] sealed) {
        change(table -> table.keepSight(record, sealed));
    }

    @Override
    public Optional<byte[]> sight(UUID record) {
        return read(table -> table.sight(record));
    }

    @Override
    public void dropSight(UUID record) {
        change(table -> table.dropSight(record));
    }

    @Override
    public List<GalleryRow> searchable(GalleryEnd end, String who, Instant now) {
        return read(table -> table.searchable(end, who, now));
    }

    @Override
    public List<Leave> leaves(String realm, GalleryEnd.End end, String who, Instant now) {
        return read(table -> table.leaves(realm, end, who, now));
    }

    @Override
    public List<Leave> leavesOf(String realm, GalleryEnd.End end, String owner, Instant now) {
        return read(table -> table.leavesOf(realm, end, owner, now));
    }

    @Override
    public void giveLeave(String realm, GalleryEnd.End end, Leave leave) {
        change(table -> table.keep(realm, end, leave, false));
    }

    @Override
    public boolean takeLeave(String realm, GalleryEnd.End end, UUID leave, String owner) {
        return read(table -> table.take(realm, end, leave, owner));
    }

    @Override
    public void copyLeaves(String realm, GalleryEnd.End end, String who, List<Leave> leaves) {
        change(table -> table.copy(realm, end, who, leaves));
    }

    @Override
    public void deposit(GalleryEnd end, UUID token, byte[] part) {
        change(table -> table.deposit(end, token, part));
    }

    @Override
    public long tokensLeft(GalleryEnd end) {
        return read(table -> table.tokensLeft(end));
    }

    @Override
    public CompletableFuture<byte[]> answer(GalleryEnd end, String who, int[] rows, byte[] request) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return answered(end, who, rows, request);
                        } catch (GalleryRefusedException refused) {
                            throw new CompletionException(refused);
                        }
                    },
                    threads);
        } catch (RejectedExecutionException nobodyIsFree) {
            return CompletableFuture.failedFuture(new GalleryRefusedException(Why.UNAVAILABLE));
        }
    }

    private byte[] answered(GalleryEnd end, String who, int[] rows, byte[] request) throws GalleryRefusedException {
        return elsewhere == null
                ? answeredHere(end, who, rows, request)
                : elsewhere.ask(new Asked(end, who, rows, request));
    }

    private byte[] answeredHere(GalleryEnd end, String who, int[] rows, byte[] request) throws GalleryRefusedException {
        if (request.length < TOKEN_AT + ID_BYTES) {
            throw new GalleryRefusedException(Why.MALFORMED);
        }
        ByteBuffer id = ByteBuffer.wrap(request, TOKEN_AT, ID_BYTES);
        UUID token = new UUID(id.getLong(), id.getLong());
        // Burned first, and committed: whatever happens from here on, the token is used.
        List<byte[]> parts = in(false, table -> table.burn(end, token, who, mostAnHour));
        if (parts.isEmpty()) {
            throw new GalleryRefusedException(Why.TOKEN_SPENT_OR_UNKNOWN);
        }
        Allowed allowed = allowed(end, who, rows);
        try {
            return searchers
                    .computeIfAbsent(end, fresh -> new Searcher(fresh, wires))
                    .answer(
                            token,
                            parts,
                            request,
                            allowed.rows(),
                            allowed.distances(),
                            allowed.pruned(),
                            (after, turn) -> moment(end, after, turn));
        } catch (SearchRefusedException refused) {
            throw new GalleryRefusedException(refused);
        }
    }

    private Searcher.State moment(GalleryEnd end, long after, int turn) {
        try {
            return in(true, table -> table.state(end, after, turn));
        } catch (GalleryRefusedException never) {
            throw new IllegalStateException(never);
        }
    }

    private Allowed allowed(GalleryEnd end, String who, int[] rows) throws GalleryRefusedException {
        return Allowed.of(searchable(end, who, Instant.now()), rows);
    }

    /** Ends the links. */
    void close() {
        searchers.values().forEach(Searcher::close);
    }
}

package org.sosia.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.persistence.GalleryRefusedException.Why;

/** The tables of galleries, on the connection of the transaction under way. Whoever changes a gallery holds the lock of its row. */
final class GalleryTable {

    private static final int MOST_PART_BYTES = 256 << 20;

    private final Sql sql;

    GalleryTable(Sql sql) {
        this.sql = sql;
    }

    // ------------------------------------------------------------------------------------------------------------ rows

    void open(GalleryEnd end, byte[] maskKey) {
        sql.update(
                "INSERT INTO rack (name, side, epoch, last, turn, body) VALUES (?, ?, 0, 0, 0, ?) ON CONFLICT DO NOTHING",
                end.rack(),
                end.code(),
                maskKey);
    }

    int nextNumber(GalleryEnd end) {
        return sql.first(
                        "UPDATE rack SET last = last + 1 WHERE name = ? AND side = ? RETURNING last",
                        row -> row.getInt(1),
                        end.rack(),
                        end.code())
                .orElseThrow(GalleryTable::notOpen);
    }

    private static IllegalStateException notOpen() {
        return new IllegalStateException("the gallery has not begun");
    }

    void stage(GalleryEnd end, int number, long version, UUID record, String owner, byte[] note, byte[] body) {
        sql.update("""
                INSERT INTO place (rack, side, number, version, item_id, owner, note, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, end.rack(), end.code(), number, version, record, owner, note, body);
    }

    long publish(GalleryEnd end, int number, long version, UUID record) {
        long epoch = locked(end) + 1;
        if (shows(end, record) || !born(end, number, version, epoch)) {
            throw new StoreConflictException(record);
        }
        reach(end, epoch);
        sql.update(
                "DELETE FROM place WHERE rack = ? AND side = ? AND item_id = ? AND born IS NULL",
                end.rack(),
                end.code(),
                record);
        return epoch;
    }

    boolean shows(GalleryEnd end, UUID record) {
        return sql.first(
                        "SELECT 1 FROM place WHERE rack = ? AND side = ? AND item_id = ? AND born IS NOT NULL AND gone IS NULL",
                        row -> true,
                        end.rack(),
                        end.code(),
                        record)
                .isPresent();
    }

    void withdraw(GalleryEnd end, UUID record) {
        long epoch = locked(end) + 1;
        int taken = sql.update(
                "UPDATE place SET gone = ?, body = NULL, note = '' WHERE rack = ? AND side = ? AND item_id = ?"
                        + " AND born IS NOT NULL AND gone IS NULL",
                epoch,
                end.rack(),
                end.code(),
                record);
        if (taken > 0) {
            reach(end, epoch);
        }
    }

    long epoch(GalleryEnd end) {
        return sql.first(
                        "SELECT epoch FROM rack WHERE name = ? AND side = ?",
                        row -> row.getLong(1),
                        end.rack(),
                        end.code())
                .orElse(0L);
    }

    private long locked(GalleryEnd end) {
        return sql.first(
                        "SELECT epoch FROM rack WHERE name = ? AND side = ? FOR UPDATE",
                        row -> row.getLong(1),
                        end.rack(),
                        end.code())
                .orElseThrow(GalleryTable::notOpen);
    }

    private void reach(GalleryEnd end, long epoch) {
        sql.update("UPDATE rack SET epoch = ? WHERE name = ? AND side = ?", epoch, end.rack(), end.code());
    }

    private boolean born(GalleryEnd end, int number, long version, long epoch) {
        return sql.update(
                        "UPDATE place SET born = ? WHERE rack = ? AND side = ? AND number = ? AND version = ? AND born IS NULL",
                        epoch,
                        end.rack(),
                        end.code(),
                        number,
                        version)
                > 0;
    }

    List<GalleryChange> changes(GalleryEnd end, long after, int limit) {
        return sql.list("""
                SELECT born, number, version, false FROM place WHERE rack = ? AND side = ? AND born > ?
                UNION ALL
                SELECT gone, number, version, true FROM place WHERE rack = ? AND side = ? AND gone > ?
                ORDER BY 1 LIMIT ?
                """, GalleryTable::change, end.rack(), end.code(), after, end.rack(), end.code(), after, limit);
    }

    private static GalleryChange change(ResultSet row) throws SQLException {
        return new GalleryChange(row.getLong(1), row.getInt(2), row.getLong(3), row.getBoolean(4));
    }

    void follow(GalleryEnd end, List<GalleryChange> changes) {
        long epoch = locked(end);
        for (GalleryChange change : changes) {
            if (change.epoch() <= epoch) {
                continue;
            }
            if (change.epoch() != epoch + 1 || !made(end, change)) {
                throw new StoreConflictException(new UUID(0, change.number()));
            }
            epoch = change.epoch();
        }
        reach(end, epoch);
    }

    private boolean made(GalleryEnd end, GalleryChange change) {
        return change.gone()
                ? vanished(end, change.number(), change.version(), change.epoch())
                : born(end, change.number(), change.version(), change.epoch());
    }

    private boolean vanished(GalleryEnd end, int number, long version, long epoch) {
        return sql.update(
                        "UPDATE place SET gone = ?, body = NULL, note = '' WHERE rack = ? AND side = ? AND number = ? AND version = ?"
                                + " AND born IS NOT NULL AND gone IS NULL",
                        epoch,
                        end.rack(),
                        end.code(),
                        number,
                        version)
                > 0;
    }

    List<GalleryChange> visible(GalleryEnd end) {
        return sql.list(
                "SELECT born, number, version, false FROM place WHERE rack = ? AND side = ? AND born IS NOT NULL AND gone IS NULL"
                        + " ORDER BY number",
                GalleryTable::change,
                end.rack(),
                end.code());
    }

    /** Numbers of changes that only this end made would collide with A's next ones, so every row takes A's. */
    List<GalleryChange> align(GalleryEnd end, long epoch, List<GalleryChange> visible) {
        locked(end);
        Set<List<Long>> wanted = new HashSet<>();
        visible.forEach(row -> wanted.add(List.of((long) row.number(), row.version())));
        for (GalleryChange mine : visible(end)) {
            if (!wanted.contains(List.of((long) mine.number(), mine.version()))) {
                delete(end, mine.number(), mine.version());
            }
        }
        // What is gone is gone at A as well, or comes back from what is staged.
        sql.update("DELETE FROM place WHERE rack = ? AND side = ? AND gone IS NOT NULL", end.rack(), end.code());
        List<GalleryChange> missing = new ArrayList<>();
        for (GalleryChange row : visible) {
            int there = sql.update(
                    "UPDATE place SET born = ? WHERE rack = ? AND side = ? AND number = ? AND version = ? AND body IS NOT NULL",
                    row.epoch(),
                    end.rack(),
                    end.code(),
                    row.number(),
                    row.version());
            if (there == 0) {
                missing.add(row);
            }
        }
        sql.update(
                "UPDATE rack SET epoch = ?, turn = turn + 1 WHERE name = ? AND side = ?",
                epoch,
                end.rack(),
                end.code());
        return missing;
    }

    private void delete(GalleryEnd end, int number, long version) {
        sql.update(
                "DELETE FROM place WHERE rack = ? AND side = ? AND number = ? AND version = ?",
                end.rack(),
                end.code(),
                number,
                version);
    }

    Optional<UUID> recordOf(GalleryEnd end, int number) {
        return sql.first(
                "SELECT item_id FROM place WHERE rack = ? AND side = ? AND number = ? AND born IS NOT NULL AND gone IS NULL",
                row -> row.getObject(1, UUID.class),
                end.rack(),
                end.code(),
                number);
    }

    void keepSight(UUID record, byte[] sealed) {
        sql.update(
                "INSERT INTO sight (item_id, sealed) VALUES (?, ?) ON CONFLICT (item_id) DO UPDATE SET sealed = excluded.sealed",
                record,
                sealed);
    }

    Optional<byte[]> sight(UUID record) {
        return sql.first("SELECT sealed FROM sight WHERE item_id = ?", row -> row.getBytes(1), record);
    }

    void dropSight(UUID record) {
        sql.update("DELETE FROM sight WHERE item_id = ?", record);
    }

    Searcher.State state(GalleryEnd end, long after, int turn) {
        return sql.first(
                        "SELECT turn, epoch, body FROM rack WHERE name = ? AND side = ?",
                        row -> new Searcher.State(
                                row.getInt(1),
                                row.getLong(2),
                                row.getBytes(3),
                                rows(end, row.getInt(1) == turn ? after : 0, row.getLong(2))),
                        end.rack(),
                        end.code())
                .orElseThrow(GalleryTable::notOpen);
    }

    private List<Searcher.Stored> rows(GalleryEnd end, long after, long epoch) {
        if (after >= epoch) {
            return List.of();
        }
        String which = after == 0 ? "born > ? AND gone IS NULL" : "(born > ? OR gone > ?)";
        List<@Nullable Object> values = new ArrayList<>(List.of(end.rack(), end.code(), after));
        if (after > 0) {
            values.add(after);
        }
        return sql.list(
                "SELECT number, born, gone, body FROM place WHERE rack = ? AND side = ? AND " + which,
                row -> new Searcher.Stored(
                        row.getInt(1), row.getLong(2), row.getObject(3, Long.class), row.getBytes(4)),
                values.toArray());
    }

    // ------------------------------------------------------------------------------------------------- who may search

    List<GalleryRow> searchable(GalleryEnd end, String who, Instant now) {
        return sql.list(
                """
                WITH allowed AS (
                    SELECT item_id, NULL::text AS owner, true AS distances, false AS pruned FROM half
                    WHERE ? AND grantee = ? AND NOT revoked AND expires_at > ?
                    UNION ALL
                    SELECT item_id, owner, distances, pruned FROM leave
                    WHERE realm = ? AND side = ? AND grantee = ? AND expires_at > ?),
                places AS (
                    SELECT number, version, item_id, owner, note FROM place
                    WHERE rack = ? AND side = ? AND born IS NOT NULL AND gone IS NULL),
                hits AS (
                    SELECT p.*, a.distances, a.pruned FROM places p JOIN allowed a ON a.item_id = p.item_id
                    UNION ALL
                    SELECT p.*, a.distances, a.pruned FROM places p JOIN allowed a ON a.owner = p.owner)
                SELECT number, version, item_id, note, bool_or(distances), bool_or(pruned) FROM hits
                GROUP BY number, version, item_id, note ORDER BY number
                """,
                row -> new GalleryRow(
                        row.getInt(1),
                        row.getLong(2),
                        row.getObject(3, UUID.class),
                        row.getBytes(4),
                        row.getBoolean(5),
                        row.getBoolean(6)),
                end.end() == GalleryEnd.End.A,
                who,
                now,
                end.realm(),
                end.code(),
                who,
                now,
                end.rack(),
                end.code());
    }

    List<Leave> leaves(String realm, GalleryEnd.End end, String who, Instant now) {
        return sql.list("""
                SELECT id, grantee, item_id, NULL::text, true, false, expires_at FROM half
                WHERE ? AND grantee = ? AND NOT revoked AND expires_at > ?
                UNION ALL
                SELECT id, grantee, item_id, owner, distances, pruned, expires_at FROM leave
                WHERE realm = ? AND side = ? AND grantee = ? AND expires_at > ?
                ORDER BY 1
                """, GalleryTable::leave, end == GalleryEnd.End.A, who, now, realm, end.code, who, now);
    }

    List<Leave> leavesOf(String realm, GalleryEnd.End end, String owner, Instant now) {
        return sql.list(
                "SELECT id, grantee, item_id, owner, distances, pruned, expires_at FROM leave"
                        + " WHERE realm = ? AND side = ? AND owner = ? AND NOT copied AND expires_at > ? ORDER BY expires_at, id",
                GalleryTable::leave,
                realm,
                end.code,
                owner,
                now);
    }

    private static Leave leave(ResultSet row) throws SQLException {
        return new Leave(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getTimestamp(7).toInstant());
    }

    void keep(String realm, GalleryEnd.End end, Leave leave, boolean copied) {
        sql.update(
                """
                INSERT INTO leave (realm, side, id, grantee, item_id, owner, distances, pruned, expires_at, copied)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                realm,
                end.code,
                leave.id(),
                leave.grantee(),
                leave.record(),
                leave.owner(),
                leave.distances(),
                leave.pruned(),
                leave.expires(),
                copied);
    }

    boolean take(String realm, GalleryEnd.End end, UUID leave, String owner) {
        return sql.update(
                        "DELETE FROM leave WHERE realm = ? AND side = ? AND id = ? AND owner = ? AND NOT copied",
                        realm,
                        end.code,
                        leave,
                        owner)
                > 0;
    }

    void copy(String realm, GalleryEnd.End end, String who, List<Leave> leaves) {
        sql.first(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> true,
                "leave " + realm + " " + end + " " + who);
        sql.update("DELETE FROM leave WHERE realm = ? AND side = ? AND grantee = ? AND copied", realm, end.code, who);
        leaves.forEach(leave -> keep(realm, end, leave, true));
    }

    // ---------------------------------------------------------------------------------------------------------- tokens

    void deposit(GalleryEnd end, UUID token, byte[] part) {
        if (part.length > MOST_PART_BYTES) {
            throw new IllegalArgumentException("a part of a token of more than 256 MiB");
        }
        sql.update(
                "INSERT INTO slip (id, side, rack, dealt_at) VALUES (?, ?, ?, now()) ON CONFLICT DO NOTHING",
                token,
                end.code(),
                end.rack());
        sql.update("""
                INSERT INTO slip_part (id, side, body) SELECT id, side, ? FROM slip
                WHERE id = ? AND side = ? AND rack = ? AND taken_at IS NULL
                """, part, token, end.code(), end.rack());
        sql.update("""
                DELETE FROM slip_part p USING slip s
                WHERE p.id = s.id AND p.side = s.side AND s.taken_at IS NULL AND s.dealt_at < now() - interval '1 day'
                """);
    }

    long tokensLeft(GalleryEnd end) {
        return sql.first("""
                        SELECT count(*) FROM slip s WHERE rack = ? AND side = ? AND taken_at IS NULL
                        AND EXISTS (SELECT 1 FROM slip_part p WHERE p.id = s.id AND p.side = s.side)
                        """, row -> row.getLong(1), end.rack(), end.code()).orElse(0L);
    }

    /** Of two searches with one token one gets its parts; the other waits for the first one's row and then finds it used. */
    List<byte[]> burn(GalleryEnd end, UUID token, String who, int mostAnHour) throws GalleryRefusedException {
        long used = sql.first(
                        "SELECT count(*) FROM slip WHERE taker = ? AND side = ? AND taken_at > now() - interval '1 hour'",
                        row -> row.getLong(1),
                        who,
                        end.code())
                .orElse(0L);
        if (used >= mostAnHour) {
            throw new GalleryRefusedException(Why.TOO_MANY);
        }
        int burned = sql.update(
                "UPDATE slip SET taken_at = now(), taker = ? WHERE id = ? AND side = ? AND rack = ? AND taken_at IS NULL",
                who,
                token,
                end.code(),
                end.rack());
        List<byte[]> parts = burned == 0
                ? List.of()
                : sql.list(
                        "SELECT body FROM slip_part WHERE id = ? AND side = ? ORDER BY seq",
                        row -> row.getBytes(1),
                        token,
                        end.code());
        sql.update("DELETE FROM slip_part WHERE id = ? AND side = ?", token, end.code());
        return parts;
    }
}

package org.sosia.persistence;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.envelope.Header;

/**
 * The tables of what public parameters headers are under, and of those that were closed, on the connection of the transaction under way. Parameters
 * go by their digest.
 */
final class BasisTable {

    private final Sql sql;

    BasisTable(Sql sql) {
        this.sql = sql;
    }

    /** Notes under which parameters a record's header is. */
    void list(UUID record, Header header) {
        sql.update(
                "INSERT INTO ground (item_id, basis) VALUES (?, ?) ON CONFLICT (item_id) DO UPDATE SET basis = excluded.basis",
                record,
                header.parametersDigest());
    }

    void forget(UUID record) {
        sql.update("DELETE FROM ground WHERE item_id = ?", record);
    }

    long count(byte[] parameters) {
        return sql.first("SELECT count(*) FROM ground WHERE basis = ?", row -> row.getLong(1), parameters)
                .orElse(0L);
    }

    List<NamingRecord> under(byte[] parameters, @Nullable UUID after, int limit) {
        Limits.check(limit);
        return sql.list(
                "SELECT i.id, i.owner, i.header FROM ground g JOIN item i ON i.id = g.item_id"
                        + " WHERE g.basis = ? AND g.item_id > ? ORDER BY g.item_id LIMIT ?",
                row -> new NamingRecord(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)),
                parameters,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Waits for whoever is about to commit a header: it is either seen here, or sees the parameters closed. */
    boolean closeUnlessUsed(String whose, byte[] parameters) {
        sql.first("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, lock(whose));
        boolean unlisted = sql.first(
                        "SELECT 1 FROM item WHERE NOT listed AND state IN ('SEALED', 'READY') LIMIT 1",
                        row -> row.getInt(1))
                .isPresent();
        if (unlisted || count(parameters) > 0) {
            return false;
        }
        close(whose, parameters);
        return true;
    }

    void close(String whose, byte[] parameters) {
        sql.update("INSERT INTO bygone (whose, basis) VALUES (?, ?) ON CONFLICT DO NOTHING", whose, parameters);
    }

    /** As {@link #requireOpen}, for a header that is about to be committed: until it is, nobody closes what it is under. */
    void requireOpenToTheEnd(String whose, Header header) {
        sql.first("SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0))", row -> true, lock(whose));
        requireOpen(whose, header.parametersDigest());
    }

    /** Whoever kept a header, or the master key, from before must get nothing done with it. */
    void requireOpen(String whose, byte[] parameters) {
        if (isClosed(whose, parameters)) {
            throw new RefusedHeaderException();
        }
    }

    boolean isClosed(String whose, byte[] parameters) {
        return sql.first("SELECT 1 FROM bygone WHERE whose = ? AND basis = ?", row -> true, whose, parameters)
                .isPresent();
    }

    private static String lock(String whose) {
        return "bygone " + whose;
    }
}

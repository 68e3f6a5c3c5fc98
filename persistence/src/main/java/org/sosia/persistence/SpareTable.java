package org.sosia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of recovery copies, on the connection of the transaction under way. */
final class SpareTable {

    private final Sql sql;

    SpareTable(Sql sql) {
        this.sql = sql;
    }

    void keep(Spare spare) {
        sql.update("""
                INSERT INTO spare (item_id, attempt, receipt, links, stale) VALUES (?, ?, ?, ?, true)
                ON CONFLICT (item_id) DO UPDATE SET attempt = EXCLUDED.attempt, receipt = EXCLUDED.receipt,
                    links = EXCLUDED.links, stale = true
                """, spare.record(), spare.attempt(), spare.receipt(), spare.links());
    }

    Optional<Spare> find(UUID record) {
        return sql.first(
                "SELECT item_id, attempt, receipt, links FROM spare WHERE item_id = ?",
                row -> new Spare(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBytes(3), row.getBytes(4)),
                record);
    }

    void drop(UUID record) {
        sql.update("DELETE FROM spare WHERE item_id = ?", record);
    }

    /** The copies tell of a header that is no longer the newest. */
    void outdate(UUID record) {
        sql.update("UPDATE spare SET stale = true WHERE item_id = ? AND NOT stale", record);
    }

    List<UUID> stale(int limit) {
        Limits.check(limit);
        return sql.list(
                "SELECT item_id FROM spare WHERE stale ORDER BY item_id LIMIT ?",
                row -> row.getObject(1, UUID.class),
                limit);
    }

    void freshen(UUID record, byte[] header) {
        sql.update(
                "UPDATE spare SET stale = false WHERE item_id = ?"
                        + " AND EXISTS (SELECT 1 FROM item WHERE id = ? AND sha256(header) = ?)",
                record,
                record,
                header);
    }
}

package org.sosia.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of commissions and their parts, on the connection of the transaction under way. */
final class CommissionTable {

    private static final String ALL = "SELECT id, subject, kind, state, created_at, decided_at, sealed FROM commission";

    private final Sql sql;

    CommissionTable(Sql sql) {
        this.sql = sql;
    }

    private static Commission read(ResultSet row) throws SQLException {
        Timestamp decided = row.getTimestamp("decided_at");
        return new Commission(
                row.getObject("id", UUID.class),
                row.getString("subject"),
                row.getString("kind"),
                CommissionState.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant(),
                decided == null ? null : decided.toInstant(),
                row.getBytes("sealed"));
    }

    void place(Commission commission) {
        List<UUID> before =
                sql.list("""
                UPDATE commission SET state = 'REPLACED', decided_at = ? WHERE subject = ? AND state = 'WAITING'
                RETURNING id
                """, row -> row.getObject(1, UUID.class), commission.createdAt(), commission.subject());
        before.forEach(this::forgetParts);
        sql.update(
                """
                INSERT INTO commission (id, subject, kind, state, created_at, sealed) VALUES (?, ?, ?, 'WAITING', ?, ?)
                """,
                commission.id(),
                commission.subject(),
                commission.kind(),
                commission.createdAt(),
                commission.sealed());
    }

    Optional<Commission> find(UUID id) {
        return sql.first(ALL + " WHERE id = ?", CommissionTable::read, id);
    }

    List<Commission> newest(@Nullable String subject, @Nullable CommissionState state, int limit) {
        Limits.check(limit);
        return sql.list(
                ALL + " WHERE (?::text IS NULL OR subject = ?) AND (?::text IS NULL OR state = ?)"
                        + " ORDER BY created_at DESC, id LIMIT ?",
                CommissionTable::read,
                subject,
                subject,
                state == null ? null : state.name(),
                state == null ? null : state.name(),
                limit);
    }

    long waiting() {
        return sql.first("SELECT count(*) FROM commission WHERE state = 'WAITING'", row -> row.getLong(1))
                .orElse(0L);
    }

    void add(UUID commission, CommissionPart part, byte[] digest) {
        // The row is held, so that a decision comes before or after this part, not in between.
        boolean waits = sql.first(
                        "SELECT state FROM commission WHERE id = ? FOR UPDATE", row -> row.getString(1), commission)
                .filter(CommissionState.WAITING.name()::equals)
                .isPresent();
        if (!waits || !isFresh(digest) || !isFirst(commission, part)) {
            throw new StoreConflictException(commission);
        }
    }

    private boolean isFresh(byte[] digest) {
        return sql.update("INSERT INTO commission_spent (digest) VALUES (?) ON CONFLICT DO NOTHING", digest) > 0;
    }

    private boolean isFirst(UUID commission, CommissionPart part) {
        return sql.update("""
                        INSERT INTO commission_part (commission_id, giver, at, sealed) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, commission, part.giver(), part.at(), part.sealed()) > 0;
    }

    List<CommissionPart> parts(UUID commission) {
        return sql.list(
                "SELECT giver, at, sealed FROM commission_part WHERE commission_id = ? ORDER BY at, giver",
                row -> new CommissionPart(row.getString(1), row.getTimestamp(2).toInstant(), row.getBytes(3)),
                commission);
    }

    /** Its digest stays spent. */
    void reject(UUID commission, String giver) {
        sql.update("DELETE FROM commission_part WHERE commission_id = ? AND giver = ?", commission, giver);
    }

    void decide(UUID commission, CommissionState state, Instant at, byte[] sealed) {
        int decided = sql.update(
                "UPDATE commission SET state = ?, decided_at = ?, sealed = ? WHERE id = ? AND state = 'WAITING'",
                state.name(),
                at,
                sealed,
                commission);
        if (decided == 0) {
            throw new StoreConflictException(commission);
        }
        forgetParts(commission);
    }

    private void forgetParts(UUID commission) {
        sql.update("DELETE FROM commission_part WHERE commission_id = ?", commission);
    }
}

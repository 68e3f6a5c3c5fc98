package org.sosia.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;

/** The tables of issues and of what records name, on the connection of the transaction under way. */
final class IssueTable {

    private final Sql sql;

    IssueTable(Sql sql) {
        this.sql = sql;
    }

    static String name(Attribute attribute) {
        return attribute.inEpoch(1).toText();
    }

    private static Attribute attribute(String name) {
        try {
            return Attribute.parse(name);
        } catch (PolicySyntaxException notOurs) {
            throw new IllegalStateException("the table of issues holds something else than attributes", notOurs);
        }
    }

    private static Issue issue(ResultSet row) throws SQLException {
        return new Issue(attribute(row.getString(1)), row.getInt(2), row.getInt(3), row.getInt(4));
    }

    List<Issue> all() {
        return sql.list("SELECT name, oldest, newest, next FROM issue ORDER BY name", IssueTable::issue);
    }

    int next(Attribute attribute) {
        return sql.first(
                        "INSERT INTO issue (name, oldest, newest, next) VALUES (?, 1, 1, 2)"
                                + " ON CONFLICT (name) DO UPDATE SET next = issue.next + 1 RETURNING next",
                        row -> row.getInt(1),
                        name(attribute))
                .orElseThrow();
    }

    void introduce(Attribute attribute, int epoch) {
        sql.update("UPDATE issue SET newest = greatest(newest, least(next, ?)) WHERE name = ?", epoch, name(attribute));
    }

    /** Locks the issue first: a record that is being committed either sees it retired or is seen here. */
    boolean retire(Attribute attribute, int oldest) {
        sql.first("SELECT name FROM issue WHERE name = ? FOR UPDATE", row -> row.getString(1), name(attribute));
        boolean named = sql.first(
                        "SELECT 1 FROM term WHERE name = ? AND epoch < ? LIMIT 1",
                        row -> row.getInt(1),
                        name(attribute),
                        oldest)
                .isPresent();
        boolean unlisted = sql.first(
                        "SELECT 1 FROM item WHERE NOT listed AND state IN ('SEALED', 'READY') LIMIT 1",
                        row -> row.getInt(1))
                .isPresent();
        if (named || unlisted) {
            return false;
        }
        sql.update(
                "UPDATE issue SET oldest = least(newest, greatest(oldest, ?)) WHERE name = ?", oldest, name(attribute));
        return true;
    }

    long countNaming(Attribute attribute, int below) {
        return sql.first(
                        "SELECT count(DISTINCT item_id) FROM term WHERE name = ? AND epoch < ?",
                        row -> row.getLong(1),
                        name(attribute),
                        below)
                .orElse(0L);
    }

    List<NamingRecord> naming(Attribute attribute, int below, @Nullable UUID after, int limit) {
        Limits.check(limit);
        return sql.list(
                """
                SELECT i.id, i.owner, i.header FROM item i JOIN (
                    SELECT DISTINCT item_id FROM term WHERE name = ? AND epoch < ? AND item_id > ? ORDER BY item_id LIMIT ?
                ) t ON t.item_id = i.id ORDER BY i.id
                """,
                row -> new NamingRecord(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)),
                name(attribute),
                below,
                after == null ? new UUID(0, 0) : after,
                limit);
    }

    /** Locks in the order of the ids, as every writer of several records does. */
    int replace(List<NamingRecord.Rewrapped> headers, byte @Nullable [] certificate) {
        int replaced = 0;
        List<NamingRecord.Rewrapped> ordered = new ArrayList<>(headers);
        ordered.sort(Comparator.comparing(rewrapped -> rewrapped.id().toString()));
        List<Issue> issues = all();
        for (NamingRecord.Rewrapped each : ordered) {
            Optional<SealedRecord> row = sql.first(
                    "SELECT id, subject_id, owner, version, state, created_at, updated_at, sealed_bytes, metadata, attempt, split"
                            + " FROM item WHERE id = ? AND header = ? AND state IN ('SEALED', 'READY') FOR UPDATE",
                    found -> withHeader(found, each.after()),
                    each.id(),
                    each.before());
            if (row.isPresent()) {
                Header header = Headers.check(row.get(), certificate);
                requireInUse(header, issues);
                new BasisTable(sql).requireOpenToTheEnd(JpaCloud.OWN, header);
                sql.update("UPDATE item SET header = ?, listed = true WHERE id = ?", each.after(), each.id());
                new SpareTable(sql).outdate(each.id());
                list(each.id(), header);
                replaced++;
            }
        }
        return replaced;
    }

    private static SealedRecord withHeader(ResultSet row, byte[] header) throws SQLException {
        return new SealedRecord(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getString("owner"),
                row.getInt("version"),
                RecordState.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getLong("sealed_bytes"),
                row.getBytes("metadata"),
                header,
                row.getObject("attempt", UUID.class),
                row.getBytes("split"));
    }

    /** A header from before a revocation, put back by whoever kept it, must not come to life again. */
    static void requireInUse(Header header, List<Issue> issues) {
        for (Issue issue : issues) {
            for (Attribute named : header.policy().attributes()) {
                if (named.inEpoch(1).equals(issue.attribute()) && named.epoch() < issue.oldest()) {
                    throw new RefusedHeaderException();
                }
            }
        }
    }

    /** Notes what a record's header names, in place of what was noted before. */
    void list(UUID record, Header header) {
        forget(record);
        new BasisTable(sql).list(record, header);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Attribute named : header.policy().attributes()) {
            rows.add(new Object[] {record, name(named), named.epoch()});
        }
        sql.batch("INSERT INTO term (item_id, name, epoch) VALUES (?, ?, ?)", rows);
    }

    void forget(UUID record) {
        sql.update("DELETE FROM term WHERE item_id = ?", record);
        new BasisTable(sql).forget(record);
    }

    /** What cannot be read names nothing: it opens for nobody, and the checker tells of it. */
    int listOlder(int limit) {
        List<NamingRecord> unlisted = sql.list(
                "SELECT id, owner, header FROM item WHERE NOT listed AND state IN ('SEALED', 'READY')"
                        + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
                row -> new NamingRecord(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)),
                limit);
        for (NamingRecord record : unlisted) {
            Headers.decoded(record.header()).ifPresent(header -> list(record.id(), header));
            sql.update("UPDATE item SET listed = true WHERE id = ?", record.id());
        }
        return unlisted.size();
    }
}

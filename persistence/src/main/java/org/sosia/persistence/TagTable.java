package org.sosia.persistence;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.equality.Context;

/** The tables of tags, in one role and realm, on the connection of the transaction under way. */
final class TagTable implements TagTester.Store {

    /** By the lock that the front keeps. */
    private static final String LOCK_IN_FORCE =
            " EXISTS (SELECT 1 FROM half h WHERE h.id = tag.half_id AND h.kind = 'LOCK'"
                    + " AND h.grantee = tag.subject AND NOT h.revoked AND h.expires_at > now())";

    /** By the pad that the back keeps, for whom it was not told to refuse. */
    private static final String PAD_IN_FORCE =
            " EXISTS (SELECT 1 FROM pad p WHERE p.realm = tag.realm AND p.id = tag.half_id"
                    + " AND p.subject = tag.subject AND p.expires_at > now())"
                    + " AND EXISTS (SELECT 1 FROM lever l WHERE l.realm = tag.realm AND l.subject = tag.subject AND NOT l.revoked)";

    private final Sql sql;
    private final TagRole role;
    private final String realm;

    TagTable(Sql sql, TagRole role, String realm) {
        this.sql = sql;
        this.role = role;
        this.realm = realm;
    }

    /** Forgets the tags of a referral in both roles, as far as they are kept here. */
    static void drop(Sql sql, UUID referral) {
        sql.update("DELETE FROM tag WHERE half_id = ?", referral);
    }

    private String inForce() {
        return role == TagRole.FRONT ? LOCK_IN_FORCE : PAD_IN_FORCE;
    }

    private int side() {
        return role == TagRole.FRONT ? 0 : 1;
    }

    @Override
    public boolean add(Tagging about, List<SealedTag> tags) {
        sql.update("DELETE FROM tag WHERE expires_at < now() - interval '1 day'");
        return tags.stream().mapToInt(tag -> add(about, tag)).sum() == tags.size();
    }

    private int add(Tagging about, SealedTag tag) {
        return sql.update(
                "INSERT INTO tag (realm, side, id, half_id, subject, made_at, expires_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                realm,
                side(),
                tag.id(),
                about.referral(),
                about.receiver(),
                about.at(),
                about.expires(),
                role == TagRole.FRONT ? tag.word() : Digests.sha256(tag.word()));
    }

    List<Tagged> tagged(String receiver, @Nullable Cursor after, int limit) {
        Limits.check(limit);
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(realm, side(), receiver));
        if (after != null) {
            values.add(after.at());
            values.add(after.id());
        }
        values.add(limit);
        return sql.list(
                "SELECT half_id, made_at, array_agg(id ORDER BY id) FROM tag WHERE realm = ? AND side = ? AND subject = ?"
                        + (after == null ? "" : " AND (made_at, half_id) < (?, ?)")
                        + " AND" + inForce() + " GROUP BY half_id, made_at ORDER BY made_at DESC, half_id DESC LIMIT ?",
                TagTable::tagged,
                values.toArray());
    }

    private static Tagged tagged(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp(2).toInstant();
        return new Tagged(row.getObject(1, UUID.class), at, List.of((UUID[])
                row.getArray(3).getArray()));
    }

    @Override
    public Map<UUID, byte[]> inForce(String receiver, Collection<UUID> tags) {
        return sql.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, body FROM tag WHERE realm = ? AND side = ? AND subject = ? AND id = ANY (?) AND"
                            + inForce())) {
                Array ids = connection.createArrayOf("uuid", tags.toArray());
                select.setString(1, realm);
                select.setInt(2, side());
                select.setString(3, receiver);
                select.setArray(4, ids);
                try (ResultSet row = select.executeQuery()) {
                    Map<UUID, byte[]> found = new HashMap<>();
                    while (row.next()) {
                        found.put(row.getObject(1, UUID.class), row.getBytes(2));
                    }
                    return found;
                }
            }
        });
    }

    /** One person's searches are counted one after the other. */
    @Override
    public long testsOf(String author) {
        sql.first(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> true,
                "probe " + realm + " " + side() + " " + author);
        return sql.first(
                        "SELECT coalesce(sum(tests), 0) FROM probe WHERE realm = ? AND side = ? AND subject = ?"
                                + " AND made_at > now() - interval '1 hour'",
                        row -> row.getLong(1),
                        realm,
                        side(),
                        author)
                .orElse(0L);
    }

    @Override
    public boolean remember(Context search, int tests) {
        return sql.update(
                        "INSERT INTO probe (realm, side, id, subject, made_at, tests) VALUES (?, ?, ?, ?, now(), ?)"
                                + " ON CONFLICT DO NOTHING",
                        realm,
                        side(),
                        search.item(),
                        search.author(),
                        tests)
                > 0;
    }
}

package org.sosia.persistence.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.persistence.AuditChain;
import org.sosia.persistence.Spare;
import org.sosia.persistence.check.Violation.Name;

/** One store as it is at one moment. */
final class Snapshot implements AutoCloseable {

    /** Works on one id. */
    interface IdVisitor {
        void visit(UUID id) throws SQLException;
    }

    /** Rows of headers or entries, a few kilobytes each. */
    private static final int FETCH_ROWS = 50;

    /** Rows of content, 262,400 bytes each. */
    private static final int FETCH_BODIES = 4;

    private final Connection connection;
    private final String store;
    private final @Nullable Authorities authorities;
    private final Consumer<Violation> report;
    private final Map<String, Integer> oldest;
    private final Set<String> closed;

    private Snapshot(
            Connection connection,
            String store,
            @Nullable Authorities authorities,
            Consumer<Violation> report,
            Map<String, Integer> oldest,
            Set<String> closed) {
        this.connection = connection;
        this.store = store;
        this.authorities = authorities;
        this.report = report;
        this.oldest = oldest;
        this.closed = closed;
    }

    static Snapshot of(DataSource source, String store, @Nullable X509Certificate ca, Consumer<Violation> report)
            throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Authorities kept = kept(connection);
        Authorities trusted = ca == null ? kept : Authorities.of(ca);
        return new Snapshot(connection, store, trusted, report, oldest(connection), closed(connection));
    }

    /** Asked in any case: the first statement of the transaction is what fixes the snapshot. */
    private static @Nullable Authorities kept(Connection connection) throws SQLException {
        Authorities all = null;
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT body FROM stamp WHERE name IN ('own', 'own former') ORDER BY name")) {
            while (row.next()) {
                Authorities next = authorities(row.getBytes(1));
                all = all == null ? next : all.and(next);
            }
        }
        return all;
    }

    private static Authorities authorities(byte[] encoded) {
        try {
            return Authorities.decode(encoded);
        } catch (GeneralSecurityException unfit) {
            throw new IllegalStateException("the certificate kept at the store is none", unfit);
        }
    }

    void forEachReady(String table, IdVisitor visitor) throws SQLException {
        try (PreparedStatement select =
                        prepared("SELECT id FROM " + table + " WHERE state = 'READY' ORDER BY id", FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                visitor.visit(rows.getObject(1, UUID.class));
            }
        }
    }

    boolean isReady(String table, UUID id) throws SQLException {
        try (PreparedStatement select = prepared("SELECT 1 FROM " + table + " WHERE id = ? AND state = 'READY'", 1)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    void check(Duration stale) throws SQLException {
        checkRecords();
        checkPieces();
        checkOrphans();
        checkStale(stale);
        checkAudit();
        checkLosses();
    }

    // ------------------------------------------------------------------------------------------------- I1, and half of
    // I3

    private void checkRecords() throws SQLException {
        try (PreparedStatement select = prepared(
                        "SELECT id, version, owner, sealed_bytes, metadata, header, split FROM item"
                                + " WHERE state IN ('SEALED', 'READY') ORDER BY id",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                checkRecord(rows);
            }
        }
    }

    private void checkRecord(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] metadata = row.getBytes("metadata");
        byte[] encoded = row.getBytes("header");
        if (metadata.length == 0 || encoded.length == 0) {
            report(Name.HALF_VISIBLE, id);
            return;
        }
        Header header;
        try {
            header = Header.decode(encoded);
            if (authorities != null) {
                header.verify(authorities);
            }
        } catch (GeneralSecurityException refused) {
            report(Name.HEADER_REFUSED, id);
            return;
        }
        if (!header.record().equals(id)
                || header.version() != row.getInt("version")
                || !header.owner().equals(row.getString("owner"))
                || header.sealedLength() != row.getLong("sealed_bytes")) {
            report(Name.HEADER_REFUSED, id);
            return;
        }
        if (!Arrays.equals(sha256().digest(metadata), header.metadataDigest())) {
            report(Name.METADATA_DIGEST_MISMATCH, id);
        }
        checkIssues(id, header);
        if (row.getBytes("split") == null) {
            checkContent(id, header);
        } else {
            checkShare(id, Splitting.BOTH.shareLength(header.sealedLength()));
        }
    }

    // ------------------------------------------------------------------------------------------------- I5, as far as
    // seen

    /** Read from the header itself: the list of what records name is only a help. */
    private void checkIssues(UUID id, Header header) {
        if (closed.contains(HexFormat.of().formatHex(header.parametersDigest()))) {
            report(Name.CLOSED_EPOCH_NAMED, id);
        }
        for (Attribute named : header.policy().attributes()) {
            if (named.epoch() < oldest.getOrDefault(named.inEpoch(1).toText(), 1)) {
                report(Name.RETIRED_ISSUE_NAMED, id);
                return;
            }
        }
    }

    private static Map<String, Integer> oldest(Connection connection) throws SQLException {
        Map<String, Integer> oldest = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT name, oldest FROM issue")) {
            while (rows.next()) {
                oldest.put(rows.getString(1), rows.getInt(2));
            }
        }
        return oldest;
    }

    /** Public parameters whose master key was exchanged, by their digest. */
    private static Set<String> closed(Connection connection) throws SQLException {
        Set<String> closed = new HashSet<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT basis FROM bygone WHERE whose = 'own'")) {
            while (rows.next()) {
                closed.add(HexFormat.of().formatHex(rows.getBytes(1)));
            }
        }
        return closed;
    }

    private void checkLosses() throws SQLException {
        try (PreparedStatement select = prepared(
                        "SELECT l.realm, l.subject, l.encoded, array_agg(s.name) AS lost FROM lever l"
                                + " JOIN loss s ON s.realm = l.realm AND s.subject = l.subject"
                                + " WHERE NOT l.revoked GROUP BY l.realm, l.subject, l.basis ORDER BY l.realm, l.subject",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Set<String> lost = Set.of((String[]) rows.getArray("lost").getArray());
                if (holdsAny(rows.getBytes("encoded"), lost)) {
                    report(Name.LOST_ATTRIBUTE_HELD, person(rows.getString("realm"), rows.getString("subject")));
                }
            }
        }
    }

    /** A key that cannot be read transforms nothing. */
    private static boolean holdsAny(byte[] encoded, Set<String> lost) {
        try {
            return TransformKey.decode(encoded).attributes().stream()
                    .anyMatch(held -> lost.contains(held.inEpoch(1).toText()));
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static UUID person(String realm, String subject) {
        return UUID.nameUUIDFromBytes((realm + " " + subject).getBytes(StandardCharsets.UTF_8));
    }

    private void checkContent(UUID id, Header header) throws SQLException {
        MessageDigest sha = sha256();
        long length = length(id, sha);
        if (length < 0 || length != header.sealedLength()) {
            report(Name.CONTENT_INCOMPLETE, id);
        } else if (!Arrays.equals(sha.digest(), header.sealedDigest())) {
            report(Name.CONTENT_DIGEST_MISMATCH, id);
        }
    }

    /** One share alone has no digest that this store could not have changed: only its length tells. */
    private void checkShare(UUID id, long expected) throws SQLException {
        if (length(id, sha256()) != expected) {
            report(Name.CONTENT_INCOMPLETE, id);
        }
    }

    /** The length of a content, all of which goes through the digest, or -1 if there is a gap in it. */
    private long length(UUID id, MessageDigest sha) throws SQLException {
        long length = 0;
        int expected = 0;
        try (PreparedStatement select =
                prepared("SELECT seq, body FROM part WHERE item_id = ? ORDER BY seq", FETCH_BODIES)) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getInt(1) != expected++) {
                        return -1;
                    }
                    byte[] body = rows.getBytes(2);
                    length += body.length;
                    sha.update(body);
                }
            }
        }
        return length;
    }

    // ------------------------------------------------------------------------------------ I1, of what two stores share

    /** A record of which this store keeps the first share. */
    @SuppressWarnings("ArrayRecordComponent")
    record SplitRecord(UUID id, byte[] link, byte[] header) {}

    /** Complete records that are split, those included of which this store is not told where the second share lies. */
    void forEachSplit(SplitVisitor visitor) throws SQLException {
        try (PreparedStatement select = prepared(
                        "SELECT id, split, header FROM item WHERE state IN ('SEALED', 'READY') AND split IS NOT NULL"
                                + " ORDER BY id",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                visitor.visit(new SplitRecord(rows.getObject(1, UUID.class), rows.getBytes(2), rows.getBytes(3)));
            }
        }
    }

    /** Works on one split record. */
    interface SplitVisitor {
        void visit(SplitRecord record) throws SQLException;
    }

    /** Recovery copies of which this store is told where they lie, each with its record's row unless that is lost; those of deleted records are
     * about to be dropped. */
    void forEachSpare(SpareVisitor visitor) throws SQLException {
        try (PreparedStatement select = prepared(
                        "SELECT s.item_id, s.attempt, s.receipt, s.links, i.split, i.header FROM spare s"
                                + " LEFT JOIN item i ON i.id = s.item_id AND i.state IN ('SEALED', 'READY')"
                                + " WHERE octet_length(s.links) > 0"
                                + " AND NOT EXISTS (SELECT 1 FROM item d WHERE d.id = s.item_id AND d.state = 'DELETED')"
                                + " ORDER BY s.item_id",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                UUID record = rows.getObject(1, UUID.class);
                Spare spare = new Spare(record, rows.getObject(2, UUID.class), rows.getBytes(3), rows.getBytes(4));
                byte[] header = rows.getBytes(6);
                byte[] link = rows.getBytes(5);
                visitor.visit(
                        spare,
                        header == null ? null : new SplitRecord(record, link == null ? new byte[0] : link, header));
            }
        }
    }

    /** Works on the copies of one record. */
    interface SpareVisitor {
        void visit(Spare spare, @Nullable SplitRecord row) throws SQLException;
    }

    /** Complete second shares, and how long each is. */
    Map<UUID, Long> pieces() throws SQLException {
        Map<UUID, Long> pieces = new HashMap<>();
        try (PreparedStatement select =
                        prepared("SELECT id, sealed_bytes FROM item WHERE state IN ('PIECE', 'BOUND')", FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                pieces.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
        }
        return pieces;
    }

    /** What is kept here under an id, read as it is asked for. */
    SealedSource source(UUID id) throws SQLException {
        try (PreparedStatement sum =
                prepared("SELECT coalesce(sum(octet_length(body)), 0) FROM part WHERE item_id = ?", 1)) {
            sum.setObject(1, id);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                return new KeptRows(connection, id, row.getLong(1));
            }
        }
    }

    private void checkPieces() throws SQLException {
        for (Map.Entry<UUID, Long> piece : pieces().entrySet()) {
            checkShare(piece.getKey(), piece.getValue());
        }
    }

    // -------------------------------------------------------------------------------------------------------- rest of
    // I3

    private void checkOrphans() throws SQLException {
        try (PreparedStatement select = prepared(
                        "SELECT DISTINCT p.item_id FROM part p LEFT JOIN item i ON i.id = p.item_id"
                                + " WHERE i.id IS NULL OR i.state = 'DELETED' ORDER BY p.item_id",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                report(Name.ORPHANED_CONTENT, rows.getObject(1, UUID.class));
            }
        }
    }

    private void checkStale(Duration stale) throws SQLException {
        try (PreparedStatement select = prepared(
                "SELECT id FROM item WHERE state IN ('RECEIVING', 'PIECE') AND updated_at < now() - make_interval(secs => ?)"
                        + " ORDER BY id",
                FETCH_ROWS)) {
            select.setDouble(1, (double) stale.toSeconds());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    report(Name.STALE_UPLOAD, rows.getObject(1, UUID.class));
                }
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------------------
    // I4

    private void checkAudit() throws SQLException {
        long seq = 0;
        byte[] hash = AuditChain.root();
        try (PreparedStatement select = prepared(
                        "SELECT seq, at, actor, action, object, sealed, previous, hash FROM entry ORDER BY seq",
                        FETCH_ROWS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                checkEntry(rows, seq, hash);
                seq = rows.getLong("seq");
                hash = rows.getBytes("hash");
            }
        }
        checkTip(seq, hash);
    }

    private void checkEntry(ResultSet row, long lastSeq, byte[] lastHash) throws SQLException {
        long seq = row.getLong("seq");
        byte[] previous = row.getBytes("previous");
        byte[] computed = AuditChain.hash(
                seq,
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getObject("object", UUID.class),
                row.getBytes("sealed"),
                previous);
        if (!Arrays.equals(computed, row.getBytes("hash"))) {
            report(Name.AUDIT_ENTRY_ALTERED, seq);
        }
        if (seq != lastSeq + 1) {
            report(Name.AUDIT_GAP, lastSeq + 1);
        } else if (!Arrays.equals(previous, lastHash)) {
            report(Name.AUDIT_CHAIN_BROKEN, seq);
        }
    }

    /** The tip tells of entries cut off at the end, which the chain alone cannot miss. */
    private void checkTip(long lastSeq, byte[] lastHash) throws SQLException {
        try (PreparedStatement select = prepared("SELECT seq, hash FROM tip", 1);
                ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getLong(1) != lastSeq) {
                report(Name.AUDIT_GAP, lastSeq + 1);
            } else if (!Arrays.equals(row.getBytes(2), lastHash)) {
                report(Name.AUDIT_CHAIN_BROKEN, lastSeq);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------------------

    private PreparedStatement prepared(String text, int fetch) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        statement.setFetchSize(fetch);
        return statement;
    }

    private void report(Name name, UUID id) {
        report.accept(new Violation(name, store, id, 0));
    }

    private void report(Name name, long seq) {
        report.accept(new Violation(name, store, null, seq));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}

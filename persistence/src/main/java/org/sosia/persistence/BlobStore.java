package org.sosia.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.content.ChunkedEncryption;

/**
 * Sealed content as rows of one table: 16 cipher chunks a row, rows numbered from 0, all of the same length but the last.
 * The prefix of the content shifts chunks against rows by a few bytes; nothing depends on the two being aligned.
 */
final class BlobStore {

    /** 262,400: large enough that the server, not the protocol, is the limit; small enough that a range reads little. */
    static final int ROW_BYTES = 16 * ChunkedEncryption.SEALED_CHUNK_BYTES;

    /** 4.2 MB: a commit costs a few percent of writing it, and a crash loses no more. */
    static final int GROUP_ROWS = 16;

    /** 2.1 MB at most in one answer, which comes in one round trip: what a fetch size would bound, the range bounds. */
    static final int READ_ROWS = 8;

    /** 134 MB: a statement that forgets more could outlast the patience of its connection. */
    private static final int FORGET_ROWS = 512;

    static void append(Connection connection, UUID record, int first, List<byte[]> rows) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO part (item_id, seq, body) VALUES (?, ?, ?)")) {
            int seq = first;
            for (byte[] row : rows) {
                insert.setObject(1, record);
                insert.setInt(2, seq++);
                insert.setBytes(3, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The rows from the first on, fewer than asked for where the content ends or a row is missing. */
    static List<byte[]> read(Connection connection, UUID record, int first, int count) throws SQLException {
        List<byte[]> bodies = new ArrayList<>(count);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT seq, body FROM part WHERE item_id = ? AND seq >= ? AND seq < ? ORDER BY seq")) {
            select.setObject(1, record);
            select.setInt(2, first);
            select.setInt(3, first + count);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && rows.getInt(1) == first + bodies.size()) {
                    bodies.add(rows.getBytes(2));
                }
            }
        }
        return bodies;
    }

    /** Replaces the rows that are not what is given. Says how many were; those behind the last are forgotten without being counted. */
    static int repair(Connection connection, UUID record, int first, byte[] bytes, boolean last) throws SQLException {
        int count = (bytes.length + ROW_BYTES - 1) / ROW_BYTES;
        int repaired = 0;
        for (int i = 0; i < count; i++) {
            byte[] row = Arrays.copyOfRange(bytes, i * ROW_BYTES, Math.min(bytes.length, (i + 1) * ROW_BYTES));
            repaired += put(connection, record, first + i, row);
        }
        if (last) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM part WHERE item_id = ? AND (seq >= ? OR seq < 0)")) {
                delete.setObject(1, record);
                delete.setInt(2, first + count);
                delete.executeUpdate();
            }
        }
        return repaired;
    }

    private static int put(Connection connection, UUID record, int seq, byte[] row) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO part AS p (item_id, seq, body)"
                + " VALUES (?, ?, ?) ON CONFLICT (item_id, seq) DO UPDATE SET body = EXCLUDED.body"
                + " WHERE p.body <> EXCLUDED.body")) {
            upsert.setObject(1, record);
            upsert.setInt(2, seq);
            upsert.setBytes(3, row);
            return upsert.executeUpdate();
        }
    }

    static void forget(Connection connection, UUID record) throws SQLException {
        int rows = rows(connection, record);
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM part WHERE item_id = ? AND seq >= ? AND seq < ?")) {
            for (int first = 0; first < rows; first += FORGET_ROWS) {
                delete.setObject(1, record);
                delete.setInt(2, first);
                delete.setInt(3, first + FORGET_ROWS);
                delete.executeUpdate();
            }
        }
    }

    private static int rows(Connection connection, UUID record) throws SQLException {
        try (PreparedStatement last =
                connection.prepareStatement("SELECT coalesce(max(seq) + 1, 0) FROM part WHERE item_id = ?")) {
            last.setObject(1, record);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** How many bytes are kept for a record; the server knows without reading them. */
    static long length(Connection connection, UUID record) throws SQLException {
        try (PreparedStatement sum = connection.prepareStatement(
                "SELECT coalesce(sum(octet_length(body)), 0) FROM part WHERE item_id = ?")) {
            sum.setObject(1, record);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private BlobStore() {}
}

package org.sosia.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * The limit that uploads and downloads are measured against: the same bytes in rows of the same size, by PostgreSQL's
 * fastest way in (COPY BINARY) and out (binary SELECT), with nothing around it.
 */
final class RawStore {

    /** A row of the product: 16 sealed chunks. */
    private static final int ROW_BYTES = 16 * 16_400;

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private final Connection connection;

    RawStore(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_raw");
            statement.execute("CREATE TABLE bench_raw (item uuid, seq int, body bytea, PRIMARY KEY (item, seq))");
            statement.execute("ALTER TABLE bench_raw ALTER COLUMN body SET STORAGE EXTERNAL");
        }
    }

    /** Copies {@code bytes} in and commits; the seconds that it took. */
    double copyIn(UUID item, long bytes) throws SQLException, IOException {
        byte[] row = new byte[ROW_BYTES];
        new java.security.SecureRandom().nextBytes(row);
        long started = System.nanoTime();
        connection.setAutoCommit(false);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bench_raw FROM STDIN BINARY");
        var header = ByteBuffer.allocate(19).put(SIGNATURE).putInt(0).putInt(0);
        copy.writeToCopy(header.array(), 0, 19);
        var fields = ByteBuffer.allocate(2 + 4 + 16 + 4 + 4 + 4);
        int seq = 0;
        for (long left = bytes; left > 0; left -= ROW_BYTES) {
            int size = (int) Math.min(left, ROW_BYTES);
            row[0] = (byte) seq;
            fields.clear();
            fields.putShort((short) 3)
                    .putInt(16)
                    .putLong(item.getMostSignificantBits())
                    .putLong(item.getLeastSignificantBits())
                    .putInt(4)
                    .putInt(seq++)
                    .putInt(size);
            copy.writeToCopy(fields.array(), 0, fields.position());
            copy.writeToCopy(row, 0, size);
        }
        copy.writeToCopy(new byte[] {(byte) 0xff, (byte) 0xff}, 0, 2);
        copy.endCopy();
        connection.commit();
        connection.setAutoCommit(true);
        return (System.nanoTime() - started) / 1e9;
    }

    /** Reads everything of one item by binary SELECT; the seconds that it took. */
    double select(UUID item) throws SQLException {
        long started = System.nanoTime();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("SELECT body FROM bench_raw WHERE item = ? ORDER BY seq")) {
            statement.setFetchSize(4);
            statement.setObject(1, item);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getBytes(1);
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return (System.nanoTime() - started) / 1e9;
    }

    void drop() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE bench_raw");
        }
    }
}

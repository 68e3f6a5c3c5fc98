package org.sosia.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.nearest.TokenStore;

/** One server's parts of tokens in tables of its own PostgreSQL, burned and read as the system's servers do it: in one committed transaction. */
final class SqlTokens implements TokenStore, AutoCloseable {
    private final Connection connection;

    SqlTokens(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(true);
        drop();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bench_slip (id uuid PRIMARY KEY, taken_at timestamptz)");
            statement.execute(
                    "CREATE TABLE bench_part (id uuid NOT NULL, seq bigint GENERATED ALWAYS AS IDENTITY, body bytea NOT NULL, PRIMARY KEY (id, seq))");
            statement.execute("ALTER TABLE bench_part ALTER COLUMN body SET STORAGE EXTERNAL");
        }
        connection.setAutoCommit(false);
    }

    private void drop() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_slip, bench_part");
        }
    }

    synchronized void deposit(UUID token, byte[] part) {
        try (var slip = connection.prepareStatement("INSERT INTO bench_slip (id) VALUES (?) ON CONFLICT DO NOTHING");
                var body = connection.prepareStatement("INSERT INTO bench_part (id, body)"
                        + " SELECT id, ? FROM bench_slip WHERE id = ? AND taken_at IS NULL")) {
            slip.setObject(1, token);
            slip.executeUpdate();
            body.setBytes(1, part);
            body.setObject(2, token);
            body.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("a token could not be kept", e);
        }
    }

    @Override
    public synchronized List<byte[]> take(UUID token) {
        try (var burn = connection.prepareStatement(
                        "UPDATE bench_slip SET taken_at = now() WHERE id = ? AND taken_at IS NULL");
                var read = connection.prepareStatement("SELECT body FROM bench_part WHERE id = ? ORDER BY seq");
                var drop = connection.prepareStatement("DELETE FROM bench_part WHERE id = ?")) {
            burn.setObject(1, token);
            List<byte[]> parts = new ArrayList<>();
            if (burn.executeUpdate() > 0) {
                read.setObject(1, token);
                try (var rows = read.executeQuery()) {
                    while (rows.next()) {
                        parts.add(rows.getBytes(1));
                    }
                }
            }
            drop.setObject(1, token);
            drop.executeUpdate();
            connection.commit();
            return parts;
        } catch (SQLException e) {
            throw new IllegalStateException("a token could not be taken", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.setAutoCommit(true);
        drop();
    }
}

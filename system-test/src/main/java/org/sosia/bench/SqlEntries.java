package org.sosia.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.keywords.Entry;
import org.sosia.crypto.keywords.EntryStore;

/** Entries in a table of PostgreSQL, of one owner: as a service would keep them, with nothing around it. */
final class SqlEntries implements EntryStore {
    private final Connection connection;

    SqlEntries(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_entries");
            statement.execute(
                    "CREATE TABLE bench_entries (label uuid PRIMARY KEY, owner int NOT NULL, value bytea NOT NULL)");
        }
        connection.commit();
    }

    @Override
    public boolean add(UUID owner, List<Entry> entries) {
        try (var insert = connection.prepareStatement(
                "INSERT INTO bench_entries SELECT label, 1, value FROM unnest(?::uuid[], ?::bytea[]) AS new (label, value)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", entries.stream().map(Entry::label).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea", entries.stream().map(Entry::value).toArray(byte[][]::new)));
            return committed(connection, insert.executeUpdate() == entries.size());
        } catch (SQLException e) {
            throw new IllegalStateException("the entries could not be added", e);
        }
    }

    static boolean committed(Connection connection, boolean complete) throws SQLException {
        if (complete) {
            connection.commit();
        } else {
            connection.rollback();
        }
        return complete;
    }

    @Override
    public List<Entry> find(UUID owner, Collection<UUID> labels) {
        List<Entry> found = new ArrayList<>();
        try (var select = connection.prepareStatement(
                "SELECT label, value FROM bench_entries WHERE label = ANY (?) AND owner = 1")) {
            select.setArray(1, connection.createArrayOf("uuid", labels.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Entry(rows.getObject(1, UUID.class), rows.getBytes(2)));
                }
            }
            connection.commit();
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the entries could not be read", e);
        }
    }

    @Override
    public void delete(UUID owner, Collection<UUID> labels) {
        try (var delete =
                connection.prepareStatement("DELETE FROM bench_entries WHERE label = ANY (?) AND owner = 1")) {
            delete.setArray(1, connection.createArrayOf("uuid", labels.toArray()));
            delete.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the entries could not be deleted", e);
        }
    }

    double bytesPerEntry() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT pg_total_relation_size('bench_entries')::float8 / count(*) FROM bench_entries")) {
            row.next();
            return row.getDouble(1);
        }
    }

    void drop() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE bench_entries");
        }
        connection.commit();
    }
}

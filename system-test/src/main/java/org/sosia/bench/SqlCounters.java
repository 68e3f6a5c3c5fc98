package org.sosia.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.keywords.Counter;
import org.sosia.crypto.keywords.CounterStore;

/** Counters in a table of PostgreSQL, of one owner. */
final class SqlCounters implements CounterStore {
    private final Connection connection;

    SqlCounters(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_counters");
            statement.execute(
                    "CREATE TABLE bench_counters (slot uuid PRIMARY KEY, revision bigint NOT NULL, sealed bytea NOT NULL)");
        }
        connection.commit();
    }

    @Override
    public List<Counter> read(UUID owner, List<UUID> slots) {
        Map<UUID, Counter> found = new HashMap<>();
        try (var select =
                connection.prepareStatement("SELECT slot, revision, sealed FROM bench_counters WHERE slot = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("uuid", slots.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), new Counter(rows.getLong(2), rows.getBytes(3)));
                }
            }
            connection.commit();
            return slots.stream()
                    .map(slot -> found.getOrDefault(slot, Counter.NONE))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the counters could not be read", e);
        }
    }

    @Override
    public boolean advance(UUID owner, Map<UUID, Counter> counters) {
        try (var upsert = connection.prepareStatement("INSERT INTO bench_counters AS old"
                + " SELECT slot, revision, sealed FROM unnest(?::uuid[], ?::bigint[], ?::bytea[]) AS new (slot, revision, sealed)"
                + " ORDER BY slot ON CONFLICT (slot) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed"
                + " WHERE old.revision = excluded.revision - 1")) {
            List<Map.Entry<UUID, Counter>> all = List.copyOf(counters.entrySet());
            upsert.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", all.stream().map(Map.Entry::getKey).toArray()));
            upsert.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            all.stream().map(c -> c.getValue().revision()).toArray()));
            upsert.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea",
                            all.stream().map(c -> c.getValue().sealed()).toArray(byte[][]::new)));
            return SqlEntries.committed(connection, upsert.executeUpdate() == counters.size());
        } catch (SQLException e) {
            throw new IllegalStateException("the counters could not be written", e);
        }
    }

    void drop() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE bench_counters");
        }
        connection.commit();
    }
}

package org.sosia.persistence;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements that the entities cannot say (insert-or-count, skip what is locked, chunks), on the connection of the
 * transaction under way.
 */
final class Sql {

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Works on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Works on a connection, for no answer. */
    interface Step {
        void on(Connection connection) throws SQLException;
    }

    private final Supplier<Connection> connection;

    private Sql(Supplier<Connection> connection) {
        this.connection = connection;
    }

    /** Statements on a connection whose transaction somebody else began. */
    static Sql on(Connection connection) {
        return new Sql(() -> connection);
    }

    /** What was changed through the entities so far is sent first, so that statements see it and locks are taken in order. */
    static Sql in(EntityManager entities) {
        entities.flush();
        return new Sql(() -> entities.unwrap(Connection.class));
    }

    <T> T with(Work<T> work) {
        try {
            return work.on(connection.get());
        } catch (SQLException failed) {
            throw new StoreFailedException(failed);
        }
    }

    void run(Step step) {
        with(connection -> {
            step.on(connection);
            return true;
        });
    }

    int update(String statement, @Nullable Object... values) {
        return with(connected -> {
            try (PreparedStatement prepared = prepare(connected, statement, values)) {
                return prepared.executeUpdate();
            }
        });
    }

    /** Executes one statement once for each row of values, in one round trip. */
    void batch(String statement, List<@Nullable Object[]> rows) {
        run(connected -> {
            try (PreparedStatement prepared = connected.prepareStatement(statement)) {
                for (@Nullable Object[] values : rows) {
                    set(prepared, values);
                    prepared.addBatch();
                }
                prepared.executeBatch();
            }
        });
    }

    <T> List<T> list(String statement, RowReader<T> reader, @Nullable Object... values) {
        return with(connected -> {
            try (PreparedStatement prepared = prepare(connected, statement, values);
                    ResultSet row = prepared.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        });
    }

    <T> Optional<T> first(String statement, RowReader<T> reader, @Nullable Object... values) {
        return with(connected -> {
            try (PreparedStatement prepared = prepare(connected, statement, values);
                    ResultSet row = prepared.executeQuery()) {
                return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, String statement, @Nullable Object... values)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        set(prepared, values);
        return prepared;
    }

    private static void set(PreparedStatement prepared, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof byte[] bytes) {
                prepared.setBytes(i + 1, bytes);
            } else {
                prepared.setObject(i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
            }
        }
    }
}

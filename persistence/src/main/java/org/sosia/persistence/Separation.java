package org.sosia.persistence;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Refuses two stores that are one. What one operator sees, the other must not. */
final class Separation {

    /**
     * Compares servers: the identifier drawn when the cluster was made, and the moment the server started, which tells a
     * cluster from a copy of its files. Then tries whether a lock taken through one is held through the other, which no
     * forwarder in between can hide.
     *
     * @throws SameStoreException if both lead to one server
     */
    static void check(DataSource one, DataSource other) {
        try (Connection first = one.getConnection();
                Connection second = other.getConnection()) {
            if (server(first).equals(server(second)) || locksMeet(first, second)) {
                throw new SameStoreException("both stores are on the same server");
            }
        } catch (SQLException unreachable) {
            throw new IllegalStateException("a store cannot be reached", unreachable);
        }
    }

    private static String server(Connection connection) throws SQLException {
        try (Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery("SELECT (SELECT system_identifier FROM pg_control_system())"
                        + " || '@' || extract(epoch FROM pg_postmaster_start_time())")) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean locksMeet(Connection first, Connection second) throws SQLException {
        long probe = new SecureRandom().nextLong();
        lock(first, probe);
        boolean free = lock(second, probe);
        unlock(first, probe);
        if (free) {
            unlock(second, probe);
        }
        return !free;
    }

    private static boolean lock(Connection connection, long probe) throws SQLException {
        return answer(connection, "SELECT pg_try_advisory_lock(?)", probe);
    }

    private static void unlock(Connection connection, long probe) throws SQLException {
        answer(connection, "SELECT pg_advisory_unlock(?)", probe);
    }

    private static boolean answer(Connection connection, String question, long probe) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(question)) {
            ask.setLong(1, probe);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Separation() {}
}

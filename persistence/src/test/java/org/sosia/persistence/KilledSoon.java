package org.sosia.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Waits until some connection executes a certain statement, then has the server cut it off. */
final class KilledSoon {

    /** What is going on when the connection dies. */
    interface Work {
        void run() throws Exception;
    }

    private static final long PAUSE_NANOS = 5_000_000;

    private final DataSource source;
    private final String statementLike;
    private volatile boolean stopped;

    private KilledSoon(DataSource source, String statementLike) {
        this.source = source;
        this.statementLike = statementLike;
    }

    static void during(DataSource source, String statementLike, Work work) throws Exception {
        KilledSoon killing = new KilledSoon(source, statementLike);
        Thread killer = new Thread(killing::hunt, "killer");
        killer.start();
        try {
            work.run();
        } finally {
            killing.stopped = true;
            killer.join();
        }
    }

    private void hunt() {
        try (Connection connection = source.getConnection();
                PreparedStatement kill = connection.prepareStatement(
                        "SELECT count(pg_terminate_backend(pid))"
                                + " FROM pg_stat_activity WHERE state = 'active' AND query LIKE ? AND pid <> pg_backend_pid()")) {
            kill.setString(1, statementLike);
            while (!stopped && kill(kill) == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long kill(PreparedStatement kill) throws SQLException {
        try (ResultSet row = kill.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}

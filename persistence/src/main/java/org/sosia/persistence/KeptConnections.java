package org.sosia.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGPooledConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that are used again, for a process without a container: opening one takes longer than a search. */
final class KeptConnections extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final int VALID_SECONDS = 5;

    private final transient Deque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

    @Override
    public Connection getConnection() throws SQLException {
        for (PooledConnection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            Connection connection = one.getConnection();
            if (connection.isValid(VALID_SECONDS)) {
                return connection;
            }
            one.close();
        }
        PooledConnection fresh = new PGPooledConnection(super.getConnection(), true);
        fresh.addConnectionEventListener(new Return());
        return fresh.getConnection();
    }

    /** Puts a connection back that nobody uses any more, unless it broke. */
    private final class Return implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            idle.addFirst((PooledConnection) event.getSource());
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            // A broken one is not valid when it is next wanted.
        }
    }
}

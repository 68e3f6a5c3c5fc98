package org.sosia.persistence;

import java.util.List;
import java.util.logging.Logger;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.internal.databaseaccess.DatabaseAccessor;
import org.eclipse.persistence.sessions.Login;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;
import org.eclipse.persistence.sessions.server.ConnectionPool;
import org.eclipse.persistence.sessions.server.ExternalConnectionPool;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Lets a persistence unit start while its store is away. The provider asks for a connection when the application is deployed and
 * would fail the deployment, so that one operator's outage kept the other's store from being used; here it asks again at
 * the first use.
 */
public class LateConnections implements SessionCustomizer {

    private static final Logger LOG = Logger.getLogger(LateConnections.class.getName());

    @Override
    public void customize(Session session) {
        ServerSession server = (ServerSession) session;
        for (ConnectionPool pool : List.copyOf(server.getConnectionPools().values())) {
            if (isExternal(pool)) {
                server.addConnectionPool(new LatePool(pool.getName(), pool.getLogin(), server));
            }
        }
        ConnectionPool reading = server.getReadConnectionPool();
        if (isExternal(reading)) {
            server.setReadConnectionPool(new LatePool(reading.getName(), reading.getLogin(), server));
        }
    }

    private static boolean isExternal(ConnectionPool pool) {
        return pool.getLogin().shouldUseExternalConnectionPooling();
    }

    /** The container's pool, as the provider sees it, which needs no connection in advance. */
    private static final class LatePool extends ExternalConnectionPool {

        LatePool(String name, Login login, ServerSession owner) {
            super(name, login, owner);
        }

        @Override
        public synchronized void startUp() {
            Accessor accessor = new LateAccessor();
            accessor.setPool(this);
            setCachedConnection(accessor);
            setIsConnected(true);
            try {
                accessor.connect(getLogin(), getOwner());
            } catch (DatabaseException away) {
                LOG.warning("a store does not answer yet");
            }
        }
    }

    /** Knows from the beginning that its connections come from outside, so that it asks for one whenever it has none. */
    private static final class LateAccessor extends DatabaseAccessor {

        LateAccessor() {
            usesExternalConnectionPooling = true;
        }
    }
}

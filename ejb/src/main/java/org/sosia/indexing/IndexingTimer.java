package org.sosia.indexing;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Carries out orders that could not be carried out when they were given. Every node runs one; leases keep them out of each other's way. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IndexingTimer {

    private static final Logger LOG = Logger.getLogger(IndexingTimer.class.getName());

    /** Per tick, so that a long queue does not keep the server from stopping. */
    private static final int ORDERS_A_TICK = 50;

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    Indexing indexing;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            indexing.workOff(ORDERS_A_TICK);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "nothing worked off: a store does not answer", unreachable);
        } finally {
            busy.set(false);
        }
    }
}

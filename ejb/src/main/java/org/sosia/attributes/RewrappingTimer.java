package org.sosia.attributes;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.lane.Hospital;
import org.sosia.lane.Rounds;

/** Works on what waits. Every node runs one; leases keep them out of each other's way. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RewrappingTimer {

    private static final Logger LOG = Logger.getLogger(RewrappingTimer.class.getName());

    /** A long job must not keep the server from stopping, nor one hospital's the other's from getting on. */
    private static final long TICK_NANOS = Duration.ofSeconds(4).toNanos();

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    Rounds rounds;

    @Inject
    Rewrapping rewrapping;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            for (Hospital hospital : rounds.hospitals()) {
                long began = System.nanoTime();
                rewrapping.work(hospital, () -> System.nanoTime() - began < TICK_NANOS);
            }
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "nothing is done: a store does not answer", unreachable);
        } finally {
            busy.set(false);
        }
    }
}

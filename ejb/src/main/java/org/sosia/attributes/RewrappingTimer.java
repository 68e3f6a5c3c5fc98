package org.sosia.attributes;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.sosia.jobs.Ticks;
import org.sosia.lane.Rounds;

/** Lets headers follow their attributes. Every node runs one; leases keep them out of each other's way. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RewrappingTimer {

    private final Ticks ticks = new Ticks();

    @Inject
    Rounds rounds;

    @Inject
    Rewrapping rewrapping;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void tick() {
        ticks.tick(rounds, rewrapping::work);
    }
}

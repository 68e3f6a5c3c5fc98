package org.sosia.rotation;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.sosia.jobs.Ticks;
import org.sosia.lane.Rounds;

/** Works on rotations that wait. Every node runs one; leases keep them out of each other's way. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RotatingTimer {

    private final Ticks ticks = new Ticks();

    @Inject
    Rounds rounds;

    @Inject
    Rotating rotating;

    @Schedule(hour = "*", minute = "*", second = "1/5", persistent = false)
    void tick() {
        ticks.tick(rounds, rotating::work);
    }
}

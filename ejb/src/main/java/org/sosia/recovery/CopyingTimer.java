package org.sosia.recovery;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.sosia.jobs.Ticks;
import org.sosia.lane.Rounds;

/** Copies what could not be copied when it arrived. Every node runs one; leases keep them out of each other's way. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CopyingTimer {

    private final Ticks ticks = new Ticks();

    @Inject
    Copying copying;

    @Inject
    Rounds rounds;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tick() {
        ticks.tick(rounds, copying::workOff);
    }
}

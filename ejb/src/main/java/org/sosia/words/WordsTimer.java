package org.sosia.words;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.sosia.jobs.Ticks;
import org.sosia.lane.Rounds;

/**
 * Carries out orders that could not be carried out when they were given. Every node runs one; a task table with leases keeps them out of each
 * other's way.
 */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WordsTimer {

    private final Ticks ticks = new Ticks();

    @Inject
    Rounds rounds;

    @Inject
    Words words;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tick() {
        ticks.tick(rounds, words::workOff);
    }
}

package org.sosia.operations;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.lane.Housekeeping;

/** Sweeps what uploads left behind when their sender, this server or a store went away, and opens keys that had to wait. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class.getName());

    @Inject
    Housekeeping housekeeping;

    @Inject
    Opening opening;

    /** How long nothing may have arrived before an upload counts as given up. */
    @Inject
    @ConfigProperty(name = "sosia.upload.stale-after", defaultValue = "PT15M")
    Duration staleAfter;

    Clock clock = Clock.systemUTC();

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    void sweep() {
        int swept = housekeeping.sweep(clock.instant().minus(staleAfter));
        if (swept > 0) {
            LOG.log(Level.INFO, "{0} uploads that were given up have been swept away", swept);
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void unlock() {
        try {
            opening.tryToUnlock();
        } catch (RuntimeException doNotFit) {
            LOG.log(Level.FINE, "the keys stay shut", doNotFit);
        }
    }
}

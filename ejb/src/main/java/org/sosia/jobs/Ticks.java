package org.sosia.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.lane.Hospital;
import org.sosia.lane.Rounds;

/** What a timer does at each tick: it leads one worker through both hospitals, for a while each, unless it is still on its way. */
public final class Ticks {

    private static final Logger LOG = Logger.getLogger(Ticks.class.getName());

    /** A long job must not keep the server from stopping, nor one hospital's the other's from getting on. */
    private static final long TURN_NANOS = Duration.ofSeconds(4).toNanos();

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Works on the jobs of one kind. */
    @FunctionalInterface
    public interface Worker {

        /** Works on what waits in this hospital, as long as it may go on. */
        void work(Hospital hospital, BooleanSupplier goOn);
    }

    /** One tick. A store that does not answer is asked again at the next. */
    public void tick(Rounds rounds, Worker worker) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            for (Hospital hospital : rounds.hospitals()) {
                long began = System.nanoTime();
                worker.work(hospital, () -> System.nanoTime() - began < TURN_NANOS);
            }
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "nothing is done: a store does not answer", unreachable);
        } finally {
            busy.set(false);
        }
    }
}

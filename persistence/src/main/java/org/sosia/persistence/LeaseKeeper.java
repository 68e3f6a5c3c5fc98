package org.sosia.persistence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Renews a lease as long as its work goes on. So a lease can be short, and what a killed worker had is soon somebody else's, however
 * long the work of one that lives may take.
 */
final class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class.getName());

    private final Executor later;
    private final Runnable renewal;
    private volatile boolean ended;

    private LeaseKeeper(Executor later, Runnable renewal) {
        this.later = later;
        this.renewal = renewal;
    }

    /**
     * Does a piece of work on a lease.
     *
     * @param threads that renew
     * @param pause between two renewals
     * @param renewal renews once; what it throws is tried again after the next pause
     * @return what the work returns
     */
    static <T> T during(Supplier<T> work, Executor threads, Duration pause, Runnable renewal) {
        var keeper = new LeaseKeeper(
                CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads), renewal);
        keeper.later.execute(keeper::renew);
        try {
            return work.get();
        } finally {
            keeper.ended = true;
        }
    }

    private void renew() {
        if (ended) {
            return;
        }
        try {
            renewal.run();
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "a lease could not be renewed", unreachable);
        }
        later.execute(this::renew);
    }
}

package org.sosia.persistence;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One step at a store that another thread takes meanwhile, if one is free. Whoever comes for the result and finds it not begun
 * takes it: a pool that is full, or stopping, makes things slower and never stuck.
 */
final class Errand<T> {

    private final AtomicBoolean begun = new AtomicBoolean();
    private final FutureTask<T> step;

    private Errand(Callable<T> step) {
        this.step = new FutureTask<>(() -> {
            if (!begun.compareAndSet(false, true)) {
                throw new CancellationException("given up before it began");
            }
            return step.call();
        });
    }

    static <T> Errand<T> send(Executor threads, Callable<T> step) {
        Errand<T> errand = new Errand<>(step);
        try {
            threads.execute(errand.step);
        } catch (RejectedExecutionException nobodyIsFree) {
            // Then result() takes it.
        }
        return errand;
    }

    boolean isDone() {
        return step.isDone();
    }

    /**
     * The result, or what the step threw, as if it had been taken here.
     *
     * @throws InterruptedException if this thread was interrupted; the step goes on
     */
    T result() throws InterruptedException {
        step.run();
        try {
            return step.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Gives it up: it never begins, or, if it has begun, has ended when this returns. */
    void giveUp() {
        if (begun.compareAndSet(false, true)) {
            step.cancel(false);
            return;
        }
        try {
            step.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException failed) {
            // Nobody asks any more.
        }
    }

    /** Leaves it alone: it never begins, or ends unheeded. */
    void drop() {
        step.cancel(false);
    }
}

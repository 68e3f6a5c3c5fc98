package org.sosia.jobs;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.Job;
import org.sosia.persistence.JobState;
import org.sosia.persistence.StoreConflictException;

/** Does long work of one kind, piece by piece. */
public final class Pieces {

    private static final Logger LOG = Logger.getLogger(Pieces.class.getName());

    private Pieces() {}

    /** One piece of a job. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does the next piece, and keeps how far the job got.
         *
         * @return the job as it was kept
         * @throws GeneralSecurityException if something does not open that the piece needs
         * @throws WaitsException if it is somebody's turn to do something first
         */
        Job next(Job job) throws GeneralSecurityException, WaitsException;
    }

    /**
     * Works on the job of this kind that was begun first; on one that is held up after the others.
     *
     * @param goOn asked between two pieces
     * @return whether there was a job for us
     */
    public static boolean work(Cloud store, String kind, BooleanSupplier goOn, Work work) {
        Optional<Job> leased = store.leaseJob(kind);
        leased.ifPresent(job -> work(store, job, goOn, work));
        return leased.isPresent();
    }

    private static void work(Cloud store, Job leased, BooleanSupplier goOn, Work work) {
        Job job = leased;
        try {
            do {
                job = work.next(job);
            } while (job.state() == JobState.RUNNING && goOn.getAsBoolean());
            store.releaseJob(job);
        } catch (StoreConflictException notOurs) {
            LOG.log(Level.FINE, "job {0} was stopped, or is somebody else''s now", job.id());
        } catch (WaitsException waits) {
            heldUp(store, job, String.valueOf(waits.getMessage()));
        } catch (GeneralSecurityException | RuntimeException failed) {
            LOG.log(Level.WARNING, "job " + job.id() + " is held up", failed);
            boolean damaged = failed instanceof GeneralSecurityException;
            heldUp(store, job, damaged ? "something does not open" : "a store does not answer");
        }
    }

    private static void heldUp(Cloud store, Job job, String by) {
        try {
            store.keepJob(job.heldUp(by));
            store.releaseJob(job);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "the lease will end by itself", unreachable);
        }
    }
}

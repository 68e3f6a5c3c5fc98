package org.sosia.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Long work on many rows, done in pieces. Each piece is committed together with how far it got, so that whoever goes on after a
 * crash begins with the piece that was not committed; a piece must bear being done twice.
 *
 * @param id of the job
 * @param kind which worker does it; neutral, the store's operator reads it
 * @param name what it is done for, such as an attribute; neutral too
 * @param epoch which issue or generation it leads to
 * @param state whether it runs
 * @param phase the worker's own numbering, from 0
 * @param reached the last row of this phase that is done; empty at its beginning
 * @param total how many of the rows that are counted there are, as far as known
 * @param done how many of them are done
 * @param busy how long the work on them took so far, pauses left out
 * @param error what went wrong last, fixed text; null if nothing did
 * @param createdAt when it was begun
 * @param updatedAt when it last got on
 * @param turn which lease this is; a piece of an earlier one is refused
 */
public record Job(
        UUID id,
        String kind,
        String name,
        int epoch,
        JobState state,
        int phase,
        String reached,
        long total,
        long done,
        Duration busy,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        int turn) {

    /** A job that waits for a worker. Whoever keeps it may set the epoch. */
    public static Job begun(String kind, String name, int epoch, Instant now) {
        return new Job(
                UUID.randomUUID(), kind, name, epoch, JobState.RUNNING, 0, "", 0, 0, Duration.ZERO, null, now, now, 0);
    }

    /** This job for another epoch. */
    Job forEpoch(int other) {
        return with(other, state, phase, reached, total, done, busy, error);
    }

    /** This job in another state. */
    Job inState(JobState other) {
        return with(epoch, other, phase, reached, total, done, busy, error);
    }

    /** This job at the beginning of a phase. */
    public Job inPhase(int next) {
        return with(epoch, state, next, "", total, done, busy, null);
    }

    /** This job with so many rows to do, done ones included. */
    public Job expecting(long rows) {
        return with(epoch, state, phase, reached, rows, done, busy, error);
    }

    /**
     * This job with one more piece done.
     *
     * @param to the last row of the piece
     * @param rows how many of the rows that are counted were in it
     */
    public Job advanced(String to, long rows, Duration took) {
        long more = done + rows;
        return with(epoch, state, phase, to, Math.max(total, more), more, busy.plus(took), null);
    }

    /** This job, held up by something. */
    public Job heldUp(String by) {
        return with(epoch, state, phase, reached, total, done, busy, by);
    }

    /** This job, stopped until somebody saw to what is wrong. */
    public Job stopped(String why) {
        return with(epoch, JobState.STOPPED, phase, "", total, done, busy, why);
    }

    /** This job, done. */
    public Job finished() {
        return with(epoch, JobState.DONE, phase, "", total, done, busy, null);
    }

    private Job with(
            int epochNow,
            JobState stateNow,
            int phaseNow,
            String reachedNow,
            long totalNow,
            long doneNow,
            Duration busyNow,
            @Nullable String errorNow) {
        return new Job(
                id,
                kind,
                name,
                epochNow,
                stateNow,
                phaseNow,
                reachedNow,
                totalNow,
                doneNow,
                busyNow,
                errorNow,
                createdAt,
                updatedAt,
                turn);
    }
}

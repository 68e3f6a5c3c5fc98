package org.sosia.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.persistence.Job;

/**
 * Long work as people see it.
 *
 * @param id of the job
 * @param name what it is done for, such as {@code department:cardiology}
 * @param epoch the epoch to which it leads
 * @param state {@code RUNNING}, {@code STOPPED} or {@code DONE}
 * @param phase which of the steps it is at, from 1
 * @param total how many records or rows there are to do, as far as known
 * @param done how many of them are done
 * @param perSecond how many were done in a second of work, pauses left out; 0 before the first
 * @param error what holds it up, fixed text, or null
 * @param createdAt when it was begun
 * @param updatedAt when it last got on
 */
public record JobView(
        UUID id,
        String name,
        int epoch,
        String state,
        int phase,
        long total,
        long done,
        long perSecond,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    private static final long MILLIS = 1_000;

    /** How a job stands. */
    public static JobView of(Job job) {
        long busy = job.busy().toMillis();
        return new JobView(
                job.id(),
                job.name(),
                job.epoch(),
                job.state().name(),
                job.phase() + 1,
                job.total(),
                job.done(),
                busy == 0 ? 0 : job.done() * MILLIS / busy,
                job.error(),
                job.createdAt(),
                job.updatedAt());
    }

    /** Per cent done, whole ones: 100 only when nothing is left. */
    public int percent() {
        if (state.equals("DONE")) {
            return 100;
        }
        return total == 0 ? 0 : (int) Math.min(99, done * 100 / total);
    }
}

package org.sosia.jobs;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.identity.Credentials;
import org.sosia.lane.Hospital;
import org.sosia.persistence.JobState;

/**
 * The jobs of one kind in one hospital: looked at, stopped, let go on. Another kind's jobs are not there.
 *
 * @param kind what the jobs' workers call it
 */
public record Board(Hospital hospital, String kind) {

    /** The newest jobs first. */
    public List<JobView> newest(int limit) {
        return hospital.store().jobs(kind, limit).stream().map(JobView::of).toList();
    }

    /**
     * One job.
     *
     * @throws NoSuchJobException if there is none of this kind
     */
    public JobView job(UUID id) throws NoSuchJobException {
        return hospital.store()
                .job(id)
                .filter(job -> job.kind().equals(kind))
                .map(JobView::of)
                .orElseThrow(NoSuchJobException::new);
    }

    /**
     * Stops a job after the piece under way.
     *
     * @throws NoSuchJobException if there is none of this kind
     */
    public JobView stop(UUID id, Credentials who) throws NoSuchJobException {
        return set(id, JobState.STOPPED, who, "STOP");
    }

    /**
     * Lets a stopped job go on.
     *
     * @throws NoSuchJobException if there is none of this kind
     */
    public JobView resume(UUID id, Credentials who) throws NoSuchJobException {
        return set(id, JobState.RUNNING, who, "RESUME");
    }

    private JobView set(UUID id, JobState wanted, Credentials who, String action) throws NoSuchJobException {
        job(id);
        return hospital.store()
                .setJobState(id, wanted, hospital.event(who, action, id, Map.of()))
                .map(JobView::of)
                .orElseThrow(NoSuchJobException::new);
    }
}

package org.sosia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a cloud keeps of long work. Each call is one transaction there. */
public interface Jobs {

    /** How long a worker has a job for itself without saying how far it got. */
    int JOB_LEASE_SECONDS = 60;

    /** Keeps a new job. */
    void beginJob(Job job, AuditEvent audit);

    /** Gives the job of this kind that was begun first to a worker, one that is held up after the others, on whatever node, unless each is stopped, done or somebody's. */
    Optional<Job> leaseJob(String kind);

    /**
     * Keeps how far a leased job got, and renews the lease.
     *
     * @throws StoreConflictException if the job was stopped, or the lease passed to another worker: what the caller did in the
     *     same transaction is undone, and the caller leaves the job alone
     */
    void keepJob(Job job);

    /** Ends the lease; another worker may go on. */
    void releaseJob(Job job);

    /** One job. */
    Optional<Job> job(UUID id);

    /** The newest jobs of a kind, newest first. */
    List<Job> jobs(String kind, int limit);

    /** Stops a running job or lets a stopped one go on. A finished one stays finished. Says where it stands now. */
    Optional<Job> setJobState(UUID id, JobState wanted, AuditEvent audit);
}

package org.sosia.rotation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.Board;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.Job;
import org.sosia.persistence.JobState;

/** Lets the key authority put new keys in the place of old ones. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Rotations {

    /** More rotations than a hospital does in ten years. */
    private static final int JOBS_SEEN = 200;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    /** Every key that can be rotated, and when it last was. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public List<KeyView> list() {
        List<Job> jobs = jobs(lanes.hospital());
        return Arrays.stream(KeyName.values()).map(name -> view(name, jobs)).toList();
    }

    private static KeyView view(KeyName name, List<Job> jobs) {
        Optional<Job> done = newest(name, jobs, true);
        return new KeyView(
                name.text(),
                done.map(Job::epoch).orElse(1),
                done.map(Job::updatedAt).orElse(null),
                newest(name, jobs, false).map(JobView::of).orElse(null));
    }

    private static Optional<Job> newest(KeyName name, List<Job> jobs, boolean done) {
        return jobs.stream()
                .filter(job -> job.name().equals(name.text()) && (job.state() == JobState.DONE) == done)
                .findFirst();
    }

    static List<Job> jobs(Hospital hospital) {
        return hospital.store().jobs(Rotating.KIND, JOBS_SEEN);
    }

    /**
     * Begins a rotation. Nobody is kept from anything meanwhile. While one of the same key is under way, that one is answered.
     *
     * @param name as {@link #list} names it
     * @return the job in which it is done
     * @throws NoSuchKeyException if no key has that name
     * @throws MasterKeySharedException if it is the master key, and a council holds it
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView rotate(String name)
            throws NoSuchKeyException, MasterKeySharedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        KeyName key = KeyName.of(name).orElseThrow(NoSuchKeyException::new);
        Hospital hospital = lanes.hospital();
        List<Job> jobs = jobs(hospital);
        Optional<Job> underWay = newest(key, jobs, false);
        if (underWay.isPresent()) {
            return JobView.of(underWay.get());
        }
        if (key == KeyName.MASTER_KEY) {
            requireAlone(hospital);
        }
        Job job = begun(key, jobs, clock);
        hospital.store()
                .beginJob(job, hospital.event(caller.credentials(), "ROTATE", job.id(), Map.of("key", key.text())));
        return JobView.of(job);
    }

    /** A rotation of a key, to the epoch after its last one. */
    static Job begun(KeyName key, List<Job> jobs, Clock clock) {
        int epoch = newest(key, jobs, true).map(Job::epoch).orElse(1) + 1;
        return Job.begun(Rotating.KIND, key.text(), epoch, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static void requireAlone(Hospital hospital) throws MasterKeySharedException, IntegrityException {
        try {
            if (hospital.keys().council().isPresent()) {
                throw new MasterKeySharedException();
            }
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * One rotation.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView job(UUID id) throws NoSuchJobException {
        return board().job(id);
    }

    /**
     * Lets a rotation that stopped go on.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView resume(UUID id) throws NoSuchJobException {
        return board().resume(id, caller.credentials());
    }

    /**
     * Stops a rotation after the piece under way: keys that were rotated stay so.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView stop(UUID id) throws NoSuchJobException {
        return board().stop(id, caller.credentials());
    }

    private Board board() {
        return new Board(lanes.hospital(), Rotating.KIND);
    }
}

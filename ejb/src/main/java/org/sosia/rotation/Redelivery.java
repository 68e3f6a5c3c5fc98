package org.sosia.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.sosia.jobs.WaitsException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Job;
import org.sosia.sharing.Deliveries;

/**
 * Gives persons other keys that partial keys are sealed to. First each has a new one and keeps the one before; then, when nobody can still be
 * sealing something to that, what waits in her inbox is sealed to the new one, and the one before is forgotten.
 */
@ApplicationScoped
class Redelivery {

    /** A person costs an audited transaction, and one for each partial key that waits for her. */
    private static final int PIECE = 20;

    private static final int MAKING = 0;
    private static final int WAITING = 1;

    Clock clock = Clock.systemUTC();

    /** The next piece of a job. */
    Job next(Hospital hospital, Job job, Function<String, AuditEvent> audit)
            throws GeneralSecurityException, WaitsException {
        long began = System.nanoTime();
        if (job.phase() == WAITING) {
            Succession.requireEverybodyKnows(job, clock.instant());
            return kept(hospital, job.inPhase(WAITING + 1));
        }
        List<RegisteredPerson> page = hospital.persons().list(job.reached(), PIECE);
        if (page.isEmpty()) {
            return kept(
                    hospital,
                    job.phase() == MAKING
                            ? job.inPhase(WAITING).advanced(clock.instant().toString(), 0, Duration.ZERO)
                            : job.finished());
        }
        int done = 0;
        for (RegisteredPerson person : page) {
            if (job.phase() == MAKING) {
                done += hospital.persons().nextPersonKey(person.subject(), audit.apply(person.subject())) ? 1 : 0;
            } else if (person.hasFormerKeys() && Deliveries.sealAnew(hospital, person, clock.instant())) {
                hospital.persons().forgetFormerKeys(person.subject(), audit.apply(person.subject()));
            }
        }
        String last = page.get(page.size() - 1).subject();
        return kept(hospital, job.advanced(last, done, Duration.ofNanos(System.nanoTime() - began)));
    }

    private static Job kept(Hospital hospital, Job job) {
        hospital.store().keepJob(job);
        return job;
    }
}

package org.sosia.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sosia.ceremony.Ceremonies;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.jobs.WaitsException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.keys.Rewraps;
import org.sosia.lane.Hospital;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Job;
import org.sosia.persistence.NamingRecord;

/**
 * Leads a hospital that makes persons' keys by itself from one master key to the next, while everybody goes on reading: everybody gets a transform key under the next one beside
 * the one she has, then new records are sealed under it and the headers of old ones are made anew by their owners' keys; and only when none is under the old one any more, both
 * clouds refuse what still is, and it is overwritten. docs/adr/0007.
 *
 * <p>Every piece bears being done twice.
 */
@ApplicationScoped
class MasterChange {

    /** A person's keys under both: a piece of these is less than a second. */
    private static final int PERSONS = 50;

    /** As for attributes that are issued anew. */
    private static final int RECORDS = 100;

    private static final int OPENING = 0;
    private static final int KNOWN = 1;
    private static final int ISSUING = 2;
    private static final int LEADING = 3;
    private static final int SETTLING = 4;
    private static final int CLOSING = 5;
    private static final int SEALING = 6;

    Clock clock = Clock.systemUTC();

    /** The next piece of a job. */
    Job next(Hospital hospital, Job job, Function<String, AuditEvent> audit)
            throws GeneralSecurityException, WaitsException {
        return switch (job.phase()) {
            case OPENING -> opened(hospital, job, audit.apply("next"));
            case KNOWN -> {
                Succession.requireEverybodyKnows(job, clock.instant());
                yield kept(hospital, job.inPhase(ISSUING));
            }
            case ISSUING -> issued(hospital, job, audit);
            case LEADING -> led(hospital, job);
            case SETTLING -> settled(hospital, job);
            case CLOSING -> {
                hospital.keys().nextMaster(audit.apply("present"));
                yield kept(hospital, since(job.inPhase(SEALING)));
            }
            case SEALING -> sealed(hospital, job, audit.apply("root"));
            default -> throw new IllegalStateException("an exchange of the master key has seven phases");
        };
    }

    /** From here on whoever makes keys makes them for both. */
    private Job opened(Hospital hospital, Job job, AuditEvent audit) throws GeneralSecurityException, WaitsException {
        if (Ceremonies.isUnderWay(hospital)) {
            throw new WaitsException("a ceremony deals the master key");
        }
        byte[] present =
                hospital.keys().leaving().orElse(hospital.keys().parameters()).digest();
        hospital.mediator().nameTransformKeys(hospital.realm(), present);
        hospital.keys().expectMaster(audit);
        return kept(
                hospital, since(job.inPhase(KNOWN).expecting(hospital.store().countUnder(present))));
    }

    private static Job issued(Hospital hospital, Job job, Function<String, AuditEvent> audit)
            throws GeneralSecurityException {
        List<RegisteredPerson> page = hospital.persons().list(job.reached(), PERSONS);
        if (page.isEmpty()) {
            hospital.keys().leadToNextMaster(audit.apply("next"));
            long waiting = hospital.store().countUnder(leaving(hospital));
            return kept(hospital, job.inPhase(LEADING).expecting(job.done() + waiting));
        }
        for (RegisteredPerson person : page) {
            hospital.persons().followMaster(person.subject(), audit.apply(person.subject()));
        }
        String last = page.get(page.size() - 1).subject();
        return kept(hospital, job.advanced(last, 0, Duration.ZERO));
    }

    private Job led(Hospital hospital, Job job) throws GeneralSecurityException {
        long began = System.nanoTime();
        hospital.store().listTerms(RECORDS);
        @Nullable UUID after = job.reached().isEmpty() ? null : UUID.fromString(job.reached());
        List<NamingRecord> under = hospital.store().recordsUnder(leaving(hospital), after, RECORDS);
        if (under.isEmpty()) {
            boolean damaged = Rewraps.DAMAGED.equals(job.error());
            return kept(hospital, damaged ? job.stopped(Rewraps.DAMAGED) : since(job.inPhase(SETTLING)));
        }
        List<NamingRecord.Rewrapped> headers = Rewraps.of(hospital.keys(), hospital.store(), under);
        String last = under.get(under.size() - 1).id().toString();
        Job advanced = job.advanced(last, headers.size(), Duration.ofNanos(System.nanoTime() - began));
        if (headers.size() < under.size() || Rewraps.DAMAGED.equals(job.error())) {
            advanced = advanced.heldUp(Rewraps.DAMAGED);
        }
        hospital.store().replaceHeaders(headers, advanced);
        return advanced;
    }

    /** A node that had not heard of it yet may have sealed something under the old one meanwhile: nobody closes before that has followed. */
    private Job settled(Hospital hospital, Job job) throws GeneralSecurityException, WaitsException {
        Succession.requireEverybodyKnows(job, clock.instant());
        byte[] leaving = leaving(hospital);
        if (!hospital.store().closeParameters(leaving)) {
            long waiting = hospital.store().countUnder(leaving);
            return kept(hospital, job.inPhase(LEADING).expecting(job.done() + waiting));
        }
        hospital.mediator().closeParameters(hospital.realm(), leaving);
        return kept(hospital, job.inPhase(CLOSING));
    }

    /** A copy of the store from before holds the old master key, under the root key that there is now: another one takes its place. */
    private Job sealed(Hospital hospital, Job job, AuditEvent audit) {
        List<Job> jobs = Rotations.jobs(hospital);
        Optional<Job> root = jobs.stream()
                .filter(each -> each.name().equals(KeyName.ROOT.text()))
                .filter(each -> !each.createdAt().isBefore(Instant.parse(job.reached())))
                .findFirst();
        if (root.isEmpty()) {
            hospital.store().beginJob(Rotations.begun(KeyName.ROOT, jobs, clock), audit);
        }
        return kept(hospital, job.finished());
    }

    private static byte[] leaving(Hospital hospital) throws GeneralSecurityException {
        return hospital.keys()
                .leaving()
                .map(PublicParameters::digest)
                .orElseThrow(() -> new GeneralSecurityException("no master key is to take another's place"));
    }

    /** The job keeps a time in the place of a row. */
    private Job since(Job job) {
        return job.advanced(clock.instant().toString(), 0, Duration.ZERO);
    }

    private static Job kept(Hospital hospital, Job job) {
        hospital.store().keepJob(job);
        return job;
    }
}

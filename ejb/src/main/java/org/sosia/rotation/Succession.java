package org.sosia.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.sosia.jobs.WaitsException;
import org.sosia.keys.Keyring;
import org.sosia.lane.Hospital;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Job;

/**
 * Leads a hospital from one certificate authority to the next, while owners go on signing. Both clouds and every node hear of the next one
 * before it certifies anything; then the signing keys are made anew under it, one by one; and only when nobody can still be using one of
 * before, the clouds refuse what such a key signs from then on.
 */
@ApplicationScoped
class Succession {

    /** Nodes believe what they read for a minute. */
    static final Duration EVERYBODY_KNOWS = Duration.ofSeconds(75);

    /** A key costs an audited transaction: a piece of these is less than a second. */
    private static final int PIECE = 50;

    private static final int MADE = 0;
    private static final int KNOWN = 1;
    private static final int CERTIFYING = 2;
    private static final int SETTLING = 3;

    Clock clock = Clock.systemUTC();

    /** The next piece of a job. */
    Job next(Hospital hospital, Job job, AuditEvent audit) throws GeneralSecurityException, WaitsException {
        long began = System.nanoTime();
        Job on = next(hospital.keys(), hospital, job, audit);
        Job timed = on.advanced(on.reached(), 0, Duration.ofNanos(System.nanoTime() - began));
        Job kept = job.phase() == SETTLING && on.reached().isEmpty() ? timed.finished() : timed;
        hospital.store().keepJob(kept);
        return kept;
    }

    private Job next(Keyring keys, Hospital hospital, Job job, AuditEvent audit)
            throws GeneralSecurityException, WaitsException {
        switch (job.phase()) {
            case MADE -> {
                keys.expectAuthority(audit);
                hospital.introduceAuthorities();
                return job.inPhase(KNOWN).advanced(clock.instant().toString(), 0, Duration.ZERO);
            }
            case KNOWN -> {
                requireEverybodyKnows(job, clock.instant());
                keys.nextAuthority(clock.instant(), audit);
                hospital.introduceAuthorities();
                return job.inPhase(CERTIFYING);
            }
            case CERTIFYING -> {
                Keyring.Recertified piece = keys.recertify(job.reached(), PIECE, audit);
                Job on = job.advanced(piece.reached(), piece.renewed(), Duration.ZERO);
                return piece.reached().isEmpty()
                        ? on.inPhase(SETTLING).advanced(clock.instant().toString(), 0, Duration.ZERO)
                        : on;
            }
            case SETTLING -> {
                requireEverybodyKnows(job, clock.instant());
                Keyring.Recertified late = keys.recertify("", PIECE, audit);
                if (late.renewed() > 0) {
                    // A node that had not heard of the next authority yet certified a newcomer: nobody settles before
                    // she is followed.
                    return job.advanced(clock.instant().toString(), late.renewed(), Duration.ZERO);
                }
                keys.settleAuthority(audit);
                hospital.introduceAuthorities();
                return job.advanced("", 0, Duration.ZERO);
            }
            default -> throw new IllegalStateException("a succession has four phases");
        }
    }

    /** Waits until long enough after the time that the job keeps in the place of a row. */
    static void requireEverybodyKnows(Job job, Instant now) throws WaitsException {
        if (now.isBefore(Instant.parse(job.reached()).plus(EVERYBODY_KNOWS))) {
            throw new WaitsException("other nodes have to hear of it");
        }
    }
}

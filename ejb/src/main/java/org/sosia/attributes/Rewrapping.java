package org.sosia.attributes;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.jobs.Pieces;
import org.sosia.jobs.WaitsException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.keys.Rewraps;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Job;
import org.sosia.persistence.NamingRecord;

/**
 * Leads a hospital to the next issue of an attribute: first the keys of all who hold it get the new issue beside the old one, then
 * new records name it and old records follow, then the keys lose the old one. At no moment does a rightful person's key fit a record
 * less than before.
 *
 * <p>A record follows by a new policy slot for the same seed, which its owner's keys make; the content stays as it is.
 * Converting the owner's lock for a policy was rejected: with cloud A's help every reader whom the policy lets in would hold
 * what opens the whole collection.
 */
@ApplicationScoped
class Rewrapping {

    static final String KIND = "issue";

    private static final String AUTHORITIES = "waits for the key authorities";

    private static final int KEYS = 0;
    private static final int RECORDS = 1;
    private static final int OLD_KEYS = 2;

    /** Less than a second of work is lost with a node, and a stop is obeyed as fast. */
    private static final int PIECE = 100;

    /** Works on one of a hospital's jobs. Says whether there was one. */
    boolean work(Hospital hospital, BooleanSupplier goOn) {
        return Pieces.work(hospital.store(), KIND, goOn, job -> next(hospital, job));
    }

    private static Job next(Hospital hospital, Job job) throws GeneralSecurityException, WaitsException {
        return switch (job.phase()) {
            case KEYS -> keys(hospital, job);
            case RECORDS -> records(hospital, job);
            default -> oldKeys(hospital, job);
        };
    }

    private static Job keys(Hospital hospital, Job job) throws GeneralSecurityException, WaitsException {
        @Nullable String last = renew(hospital, job);
        if (last != null) {
            return kept(hospital, job.advanced(last, 0, Duration.ZERO));
        }
        requireAllKeys(hospital, job);
        hospital.store().introduceIssue(attribute(job), job.epoch());
        long waiting = hospital.store().countNaming(attribute(job), job.epoch());
        return kept(hospital, job.inPhase(RECORDS).expecting(job.done() + waiting));
    }

    /** Where a council makes keys, nobody may be left behind: every holder's key is looked at again. */
    private static void requireAllKeys(Hospital hospital, Job job) throws GeneralSecurityException, WaitsException {
        if (hospital.keys().council().isEmpty()) {
            return;
        }
        boolean all = true;
        @Nullable String after = null;
        List<RegisteredPerson> page;
        do {
            page = hospital.persons().list(after, PIECE);
            for (RegisteredPerson person : page) {
                all &= !person.holds(attribute(job)) || hospital.persons().renew(person.subject());
                after = person.subject();
            }
        } while (page.size() == PIECE);
        if (!all) {
            throw new WaitsException(AUTHORITIES);
        }
    }

    /** Where a council makes keys, it is not called together for this: keys lose the old issue when they are next made. */
    private static Job oldKeys(Hospital hospital, Job job) throws GeneralSecurityException {
        if (hospital.keys().council().isPresent()) {
            return kept(hospital, job.finished());
        }
        @Nullable String last = renew(hospital, job);
        return kept(hospital, last == null ? job.finished() : job.advanced(last, 0, Duration.ZERO));
    }

    /** Renews the keys of the next persons who hold the attribute. Says who was the last, or null when there was nobody left. */
    private static @Nullable String renew(Hospital hospital, Job job) throws GeneralSecurityException {
        List<RegisteredPerson> page = hospital.persons().list(job.reached(), PIECE);
        for (RegisteredPerson person : page) {
            if (person.holds(attribute(job))) {
                hospital.persons().renew(person.subject());
            }
        }
        return page.isEmpty() ? null : page.get(page.size() - 1).subject();
    }

    private static Job records(Hospital hospital, Job job) throws GeneralSecurityException {
        long began = System.nanoTime();
        hospital.store().listTerms(PIECE);
        @Nullable UUID after = job.reached().isEmpty() ? null : UUID.fromString(job.reached());
        List<NamingRecord> naming = hospital.store().recordsNaming(attribute(job), job.epoch(), after, PIECE);
        if (naming.isEmpty()) {
            return ended(hospital, job);
        }
        List<NamingRecord.Rewrapped> headers = Rewraps.of(hospital.keys(), hospital.store(), naming);
        String last = naming.get(naming.size() - 1).id().toString();
        Job advanced = job.advanced(last, headers.size(), Duration.ofNanos(System.nanoTime() - began));
        if (headers.size() < naming.size() || Rewraps.DAMAGED.equals(job.error())) {
            advanced = advanced.heldUp(Rewraps.DAMAGED);
        }
        hospital.store().replaceHeaders(headers, advanced);
        return advanced;
    }

    /** All were met once: what still names an older issue arrived meanwhile, or does not open. */
    private static Job ended(Hospital hospital, Job job) {
        if (hospital.store().retireIssues(attribute(job), job.epoch())) {
            return kept(hospital, job.inPhase(OLD_KEYS));
        }
        return kept(
                hospital, Rewraps.DAMAGED.equals(job.error()) ? job.stopped(Rewraps.DAMAGED) : job.inPhase(RECORDS));
    }

    private static Job kept(Hospital hospital, Job job) {
        hospital.store().keepJob(job);
        return job;
    }

    private static Attribute attribute(Job job) {
        try {
            return Attribute.parse(job.name());
        } catch (PolicySyntaxException notOurs) {
            throw new IllegalStateException("a job for something else than an attribute", notOurs);
        }
    }
}

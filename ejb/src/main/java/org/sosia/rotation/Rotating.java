package org.sosia.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.sosia.identity.Roles;
import org.sosia.jobs.Pieces;
import org.sosia.jobs.WaitsException;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Rounds;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Job;

/** Rotates a hospital's keys: the root key in one piece, the clouds', owners' and persons' keys one by one. */
@ApplicationScoped
class Rotating {

    static final String KIND = "key";

    private static final String KEEPER = "keeper";
    private static final String MEDIATOR = "mediator";

    /** An owner's key costs an audited transaction: a piece of these is less than a second. */
    private static final int PIECE = 50;

    @Inject
    Rounds rounds;

    @Inject
    Succession succession;

    @Inject
    Redelivery redelivery;

    @Inject
    MasterChange masterChange;

    /** Works on one of a hospital's rotations. Says whether there was one. */
    boolean work(Hospital hospital, BooleanSupplier goOn) {
        return Pieces.work(hospital.store(), KIND, goOn, job -> next(hospital, job));
    }

    private Job next(Hospital hospital, Job job) throws GeneralSecurityException, WaitsException {
        KeyName name = KeyName.of(job.name()).orElseThrow(IllegalStateException::new);
        if (name == KeyName.RETRIEVAL_KEYS && hospital.keys().council().isPresent()) {
            // It makes no key that nobody asked for: a person asks for a recovery.
            throw new WaitsException("a council makes keys");
        }
        return switch (name) {
            case ROOT -> root(hospital, job);
            case CLOUD_KEYS -> operators(hospital, job);
            case PERSON_KEYS -> redelivery.next(hospital, job, whose -> event(hospital, job, whose));
            case MASTER_KEY -> masterChange.next(hospital, job, whose -> event(hospital, job, whose));
            case CERTIFICATE_AUTHORITY -> succession.next(hospital, job, event(hospital, job, "authority"));
            case COLLECTIONS, SIGNING_KEYS, RETRIEVAL_KEYS -> persons(hospital, job, name);
        };
    }

    /** One cloud a piece, so that after a crash only the other's is left to do. */
    private Job operators(Hospital hospital, Job job) throws GeneralSecurityException {
        long began = System.nanoTime();
        boolean first = job.reached().isEmpty();
        hospital.store().audit(event(hospital, job, first ? KEEPER : MEDIATOR));
        if (first) {
            hospital.renewKeeper();
        } else {
            hospital.renewMediator();
        }
        Job on = job.advanced(first ? KEEPER : MEDIATOR, 1, Duration.ofNanos(System.nanoTime() - began));
        return kept(hospital, first ? on : on.finished());
    }

    private Job root(Hospital hospital, Job job) throws GeneralSecurityException {
        long began = System.nanoTime();
        try {
            hospital.keys().nextRoot(event(hospital, job, "root"));
        } catch (KeysDoNotFitException unwritable) {
            throw new GeneralSecurityException("the root key file cannot be replaced", unwritable);
        }
        return kept(
                hospital,
                job.advanced("", 1, Duration.ofNanos(System.nanoTime() - began)).finished());
    }

    private Job persons(Hospital hospital, Job job, KeyName name) throws GeneralSecurityException {
        long began = System.nanoTime();
        List<RegisteredPerson> page = hospital.persons().list(job.reached(), PIECE);
        if (page.isEmpty()) {
            return kept(hospital, job.finished());
        }
        int rotated = 0;
        for (RegisteredPerson person : page) {
            boolean concerned = name == KeyName.RETRIEVAL_KEYS || person.roles().contains(Roles.DATA_OWNER);
            if (concerned && rotated(hospital, job, name, person.subject())) {
                rotated++;
            }
        }
        String last = page.get(page.size() - 1).subject();
        return kept(hospital, job.advanced(last, rotated, Duration.ofNanos(System.nanoTime() - began)));
    }

    private boolean rotated(Hospital hospital, Job job, KeyName name, String whose) throws GeneralSecurityException {
        AuditEvent audit = event(hospital, job, whose);
        return switch (name) {
            case COLLECTIONS -> hospital.keys().nextCollectionEpoch(whose, audit);
            case SIGNING_KEYS -> hospital.keys().nextSigningKey(whose, audit);
            case RETRIEVAL_KEYS -> hospital.persons().nextRetrievalKey(whose, audit);
            case CERTIFICATE_AUTHORITY, PERSON_KEYS, MASTER_KEY, CLOUD_KEYS, ROOT ->
                throw new IllegalStateException("no person's own key");
        };
    }

    private AuditEvent event(Hospital hospital, Job job, String whose) {
        return hospital.event(rounds.house(), "ROTATE", job.id(), Map.of("key", job.name(), "whose", whose));
    }

    private static Job kept(Hospital hospital, Job job) {
        hospital.store().keepJob(job);
        return job;
    }
}

package org.sosia.recovery;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Containment;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.records.Examination;
import org.sosia.records.HeldShare;
import org.sosia.records.NotEnoughCopiesException;
import org.sosia.records.Progress;
import org.sosia.records.Restored;
import org.sosia.records.ShelvedRecord;

/**
 * Lets a data owner, or the patient a record is about, have a lost or damaged record put back from its recovery copies.
 *
 * <p>Nothing is opened for it, and nothing is written before it was compared with what the owner signed. It may be asked for at any time:
 * a record that is whole stays as it is, and copies that are not are mended.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class.getName());

    /** The name in the certificate that receipts are signed under. */
    private static final String SIGNER = "hospital";

    private static final String ACTION = "RECOVER";

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Containment containment;

    @Inject
    Possession possession;

    @Inject
    Copying copying;

    @Inject
    Runs runs;

    @Inject
    Aside aside;

    Clock clock = Clock.systemUTC();

    /**
     * Puts a record back, as far as it is not as its owner signed it, and mends its copies.
     *
     * @return the receipt
     * @throws NoSuchRecordException if there is no such record, or it is neither the caller's nor about her
     * @throws NotEnoughCopiesException if the record is damaged and too few places hold a good share of it; nothing was changed
     * @throws IntegrityException if the hospital's keys do not open what they should
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.PATIENT})
    public RestorationReceipt recover(UUID record)
            throws NoSuchRecordException, NotEnoughCopiesException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Progress progress = new Progress();
        return carriedOut(hospital, caller.credentials(), examined(hospital, record, progress), progress);
    }

    /**
     * Begins the same, and does not wait for its end: {@link #state} tells of it, and of what {@link #recover} would throw. If it is under way
     * already, nothing more is begun.
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.PATIENT})
    public void begin(UUID record) {
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        Optional<Runs.Run> run = runs.begin(which(hospital, who, record));
        if (run.isPresent()) {
            aside.run(() -> run.get().end(ended(hospital, who, record, run.get().progress())));
        }
    }

    /** How far what {@link #begin} began is, or how it ended; empty if this server knows of nothing. */
    @RolesAllowed({Roles.DATA_OWNER, Roles.PATIENT})
    public Optional<RecoveryState> state(UUID record) {
        return runs.state(which(lanes.hospital(), caller.credentials(), record));
    }

    private static String which(Hospital hospital, Credentials who, UUID record) {
        return hospital.realm() + ":" + who.subject() + ":" + record;
    }

    private RecoveryState ended(Hospital hospital, Credentials who, UUID record, Progress progress) {
        try {
            return RecoveryState.done(carriedOut(hospital, who, examined(hospital, who, record, progress), progress));
        } catch (NotEnoughCopiesException tooFew) {
            return RecoveryState.tooFew(tooFew.held());
        } catch (NoSuchRecordException absent) {
            return RecoveryState.ended(RecoveryState.Phase.ABSENT);
        } catch (IntegrityException | RuntimeException failed) {
            LOG.log(Level.WARNING, "record " + record + " was not recovered", failed);
            return RecoveryState.ended(RecoveryState.Phase.FAILED);
        }
    }

    private Examination examined(Hospital hospital, UUID record, Progress progress)
            throws NoSuchRecordException, IntegrityException {
        return examined(hospital, caller.credentials(), record, progress);
    }

    private Examination examined(Hospital hospital, Credentials who, UUID record, Progress progress)
            throws NoSuchRecordException, IntegrityException {
        try {
            Examination found = hospital.copies().examine(record, progress).orElseThrow(NoSuchRecordException::new);
            boolean hidden = hospital.lane() == Lane.DUPLICATE && containment.hides(who.subject(), record);
            boolean owned = who.has(Roles.DATA_OWNER) && found.owner().equals(who.subject());
            if (hidden || (!owned && !isAbout(hospital, who, found.patient()))) {
                throw new NoSuchRecordException();
            }
            return found;
        } catch (IOException unreadable) {
            throw new StoreUnavailableException(unreadable);
        }
    }

    private static boolean isAbout(Hospital hospital, Credentials who, UUID patient) throws IntegrityException {
        try {
            return who.has(Roles.PATIENT)
                    && hospital.persons()
                            .find(who.subject())
                            .map(RegisteredPerson::patients)
                            .filter(patients -> patients.contains(patient))
                            .isPresent();
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private RestorationReceipt carriedOut(Hospital hospital, Credentials who, Examination found, Progress progress)
            throws NotEnoughCopiesException, IntegrityException {
        ShelvedRecord record = report(who, found);
        UUID id = record.row().id();
        try {
            Restored restored = hospital.copies()
                    .restore(found, hospital.event(who, "RESTORE", id, Map.of("record", id.toString())), progress);
            if (found.hasNoCopies()
                    && found.damaged().isEmpty()
                    && copying.covers(hospital, record.facts().sensitivity())) {
                hospital.copies().make(record);
                restored.what().add(Examination.COPIES);
            }
            return receipt(hospital, who, record, found, restored);
        } catch (IOException unreadable) {
            throw new StoreUnavailableException(unreadable);
        }
    }

    /** Tells the security desk of what is damaged, by name; it is damaged whether it can be put back or not. */
    private ShelvedRecord report(Credentials who, Examination found) throws NotEnoughCopiesException {
        UUID id = found.record();
        found.damaged().forEach(part -> possession.reportDamagedShare(who, id, part));
        found.held().stream()
                .filter(share -> share.state() == HeldShare.State.ALTERED || share.state() == HeldShare.State.OUTDATED)
                .forEach(share -> possession.reportDamagedShare(who, id, "copy at " + share.place()));
        return found.required();
    }

    private RestorationReceipt receipt(
            Hospital hospital, Credentials who, ShelvedRecord record, Examination found, Restored restored)
            throws IntegrityException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = record.row().id();
        String outcome =
                !found.damaged().isEmpty() ? "restored" : restored.what().isEmpty() ? "intact" : "mended";
        String digest = "sha-256:" + HexFormat.of().formatHex(record.header().sealedDigest());
        List<String> from = new ArrayList<>(restored.from());
        String places = found.held().stream()
                .map(share -> share.place() + "=" + share.state().name())
                .collect(Collectors.joining(" "));
        long entry = hospital.store()
                .audit(hospital.event(
                        who,
                        ACTION,
                        id,
                        Map.of("outcome", outcome, "restored", line(restored.what()), "places", places)));
        String statement = String.join(
                "\n",
                "sosia-restoration-1",
                id.toString(),
                at.toString(),
                outcome,
                digest,
                line(found.damaged()),
                line(restored.what()),
                line(from),
                places,
                Long.toString(entry),
                "");
        try {
            OwnerSigningKey signer = hospital.keys().signingKey(SIGNER);
            return new RestorationReceipt(
                    id,
                    at,
                    outcome,
                    digest,
                    found.damaged(),
                    restored.what(),
                    from,
                    found.held(),
                    entry,
                    statement,
                    base64(signer.sign(statement.getBytes(StandardCharsets.UTF_8))
                            .signature()),
                    base64(signer.certificate().getEncoded()));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static String line(List<String> words) {
        return words.isEmpty() ? "-" : String.join(" ", words);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

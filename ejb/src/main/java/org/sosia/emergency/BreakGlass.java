package org.sosia.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.reencryption.CheatingTrusteeException;
import org.sosia.crypto.reencryption.ConversionProof;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.TooFewAnswersException;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.persistence.Plea;
import org.sosia.persistence.Reencrypted;
import org.sosia.persistence.SealedRecord;

/** Opens a record by the answers of enough trustees, for the session that pleaded for its patient. */
@ApplicationScoped
public class BreakGlass {
    @Inject
    Possession possession;

    @Inject
    @ConfigProperty(name = "sosia.emergency.threshold", defaultValue = "2")
    int threshold;

    @Inject
    @ConfigProperty(name = "sosia.emergency.lasts", defaultValue = "PT1H")
    Duration lasts;

    Clock clock = Clock.systemUTC();

    /**
     * Opens a record for whoever pleaded for its patient in this session. That it is opened is in the chain of the mediating cloud
     * when this returns; the keeper's chain is the caller's to write to before anything leaves.
     *
     * @param lanes of the caller
     * @param hospital the hospital the caller is in
     * @param row the record
     * @param header its verified header
     * @return empty if the caller pleads for nothing here
     * @throws EmergencyWaitsException if she does, and too few have answered
     * @throws IntegrityException if the cloud re-encrypted wrongly
     */
    public Optional<Possession.Opened> open(
            Lanes lanes, Hospital hospital, Credentials who, SealedRecord row, Header header)
            throws IntegrityException {
        if (!who.has(Roles.DOCTOR)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        for (Plea plea : hospital.pleas().pleas(now.minus(lasts))) {
            if (plea.isLive(now)
                    && plea.requester().equals(who.subject())
                    && plea.patient().equals(row.patient())
                    && isOfThisSession(hospital, who, plea)) {
                return Optional.of(opened(lanes, hospital, who, plea, header, now));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfThisSession(Hospital hospital, Credentials who, Plea plea) throws IntegrityException {
        try {
            return Facts.open(hospital.keys(), plea).session().equals(session(hospital, who));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** A session by a handle; a program without one is held to its subject. */
    static String session(Hospital hospital, Credentials who) {
        return hospital.keys().handle("plea", who.subject() + "\n" + who.session());
    }

    private Possession.Opened opened(
            Lanes lanes, Hospital hospital, Credentials who, Plea plea, Header header, Instant now)
            throws IntegrityException {
        UUID record = header.record();
        try {
            List<Answers.Given> answers = Answers.of(
                    hospital.keys(), plea.id(), record, hospital.pleas().answers(plea.id()));
            if (answers.size() < threshold) {
                throw new EmergencyWaitsException();
            }
            // The circle may be another by now: these answered on the way of theirs.
            Circle.Way way = Circle.Way.kept(hospital.keys(), answers.get(0).way());
            Reencrypted turned = hospital.pleas()
                    .turn(plea.id(), way.reKey(), record, now)
                    .orElseThrow(EmergencyWaitsException::new);
            ConvertedLock lock = verified(hospital, who, way, header, turned);
            OpenedEnvelope envelope = open(hospital, who, way, header, lock, new ArrayList<>(answers));
            Hospital twin = lanes.twin();
            twin.store()
                    .audit(twin.event(
                            who, "EMERGENCY", record, Map.of("plea", plea.id().toString())));
            return new Possession.Opened(envelope, Map.of("plea", plea.id().toString()));
        } catch (TooFewAnswersException tooFew) {
            throw new EmergencyWaitsException();
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** The lock that the cloud re-encrypted, which is proved to be the right one; only what lacks the proof is blamed on the cloud. */
    private ConvertedLock verified(
            Hospital hospital, Credentials who, Circle.Way way, Header header, Reencrypted turned)
            throws GeneralSecurityException {
        try {
            ConvertedLock lock = ConvertedLock.decode(turned.lock());
            ConversionProof proof = ConversionProof.decode(turned.proof());
            way.delegation().verify(header, lock, proof, hospital.keys().authorities());
            return lock;
        } catch (GeneralSecurityException wrong) {
            possession.reportWrongReencryption(who, header.record());
            throw wrong;
        }
    }

    /** Without the answers of those who cheat, who are named. */
    private OpenedEnvelope open(
            Hospital hospital,
            Credentials who,
            Circle.Way way,
            Header header,
            ConvertedLock lock,
            List<Answers.Given> answers)
            throws GeneralSecurityException {
        while (true) {
            try {
                return way.coordination()
                        .open(
                                way.delegation(),
                                header,
                                lock,
                                answers.stream().map(Answers.Given::answer).toList(),
                                hospital.keys().authorities());
            } catch (CheatingTrusteeException cheating) {
                Answers.Given wrong = answers.stream()
                        .filter(given -> given.answer().trustee() == cheating.trustee())
                        .findFirst()
                        .orElseThrow();
                possession.reportCheatingTrustee(who, header.record(), wrong.trustee());
                answers.remove(wrong);
            }
        }
    }
}

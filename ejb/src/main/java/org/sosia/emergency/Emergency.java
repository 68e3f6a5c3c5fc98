package org.sosia.emergency;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.reencryption.ConversionProof;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.TrusteeAnswer;
import org.sosia.emergency.EmergencyRefusedException.Why;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.persistence.Plea;
import org.sosia.persistence.PleaAnswer;
import org.sosia.persistence.RecordFilter;
import org.sosia.persistence.Reencrypted;
import org.sosia.persistence.SealedPatient;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.records.PatientFile;
import org.sosia.records.ShelvedRecord;
import org.sosia.refusal.InvalidValueException;

/** Lets a doctor plead for a patient's records, and the trustees answer. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Emergency {
    static final int REASON_CHARACTERS = 500;

    /** The newest of a patient's records; an emergency is about these. */
    private static final int MOST_RECORDS = 100;

    /** How far back lists go: what is older is in the audit chain. */
    private static final Duration LISTED = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    @Inject
    @ConfigProperty(name = "sosia.emergency.threshold", defaultValue = "2")
    int threshold;

    @Inject
    @ConfigProperty(name = "sosia.emergency.lasts", defaultValue = "PT1H")
    Duration lasts;

    @Inject
    @ConfigProperty(name = "sosia.emergency.a-day", defaultValue = "20")
    int aDay;

    @Inject
    @ConfigProperty(name = "sosia.emergency.contact")
    Optional<String> contact;

    Clock clock = Clock.systemUTC();

    /**
     * Pleads for a patient's records. The security desk is told at once; the trustees, the patient and the owner find it in their
     * lists.
     *
     * @param patient whose records
     * @param reason why, 1 to 500 characters
     * @return the plea as it now waits
     * @throws NoSuchPatientException if there is no such patient
     * @throws InvalidValueException if the reason is missing or too long
     * @throws EmergencyRefusedException if too few trustees are there, or the caller has pleaded as often as is taken in a day
     */
    @RolesAllowed(Roles.DOCTOR)
    public EmergencyView plead(UUID patient, String reason)
            throws NoSuchPatientException, InvalidValueException, EmergencyRefusedException, IntegrityException {
        if (reason.isBlank() || reason.strip().length() > REASON_CHARACTERS) {
            throw new InvalidValueException("reason", "must have 1 to " + REASON_CHARACTERS + " characters");
        }
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        if (hospital.store().patient(patient).isEmpty()) {
            throw new NoSuchPatientException();
        }
        if (!circle(hospital).suffices(who.subject())) {
            throw new EmergencyRefusedException(Why.TOO_FEW_TRUSTEES, contact.orElse(null));
        }
        requireMeasure(hospital, who);
        possession.reportEmergency(who);
        UUID id = UUID.randomUUID();
        Facts facts = new Facts(who.name(), reason.strip(), BreakGlass.session(hospital, who));
        Instant now = now();
        Plea plea = facts.about(hospital.keys(), id, patient, who.subject(), now, now.plus(lasts));
        hospital.pleas().openPlea(plea, hospital.event(who, "PLEAD", id, Map.of("patient", patient.toString())));
        return view(hospital, plea, onlooker(hospital));
    }

    /** Whoever could plead without end would bury the pleas of others in everybody's lists. */
    private void requireMeasure(Hospital hospital, Credentials who) throws EmergencyRefusedException {
        long own = hospital.pleas().pleas(now().minus(DAY)).stream()
                .filter(plea -> plea.requester().equals(who.subject()))
                .count();
        if (own >= aDay) {
            throw new EmergencyRefusedException(Why.TOO_OFTEN, contact.orElse(null));
        }
    }

    /**
     * Answers a plea as a trustee: for each record of the patient, what this trustee's share gives. The audit entry is written with
     * the answer.
     *
     * @throws NoSuchEmergencyException if there is no such plea, or the caller is no trustee
     * @throws EmergencyRefusedException if it is the caller's own plea, stands no more, or she answered before
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed({Roles.DOCTOR, Roles.DATA_OWNER, Roles.SECURITY_DESK, Roles.KEY_AUTHORITY})
    public EmergencyView answer(UUID id)
            throws NoSuchEmergencyException, EmergencyRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        Circle circle = circle(hospital);
        Plea plea = hospital.pleas()
                .plea(id)
                .filter(found -> circle.includes(who.subject()))
                .orElseThrow(NoSuchEmergencyException::new);
        if (plea.requester().equals(who.subject())) {
            throw new EmergencyRefusedException(Why.OWN);
        }
        if (!plea.isLive(now())) {
            throw new EmergencyRefusedException(Why.OVER);
        }
        try {
            // Opened although nothing is read in it: so the plea is for the patient whom the trustee sees.
            Facts.open(hospital.keys(), plea);
            byte[] sealed = Answers.seal(hospital.keys(), id, answers(hospital, who, circle, plea));
            hospital.pleas()
                    .answerPlea(
                            id,
                            new PleaAnswer(who.subject(), now(), sealed),
                            hospital.event(
                                    who,
                                    "ANSWER",
                                    id,
                                    Map.of("patient", plea.patient().toString())));
        } catch (StoreConflictException overOrTwice) {
            throw new EmergencyRefusedException(Why.OVER);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
        return view(hospital, plea, onlooker(hospital));
    }

    private Map<UUID, Answers.Given> answers(Hospital hospital, Credentials who, Circle circle, Plea plea)
            throws GeneralSecurityException, IntegrityException {
        PersonKey own = hospital.persons()
                .find(who.subject())
                .flatMap(RegisteredPerson::personKey)
                .orElseThrow(() -> new GeneralSecurityException("a trustee without a key"));
        Map<List<Object>, Circle.Way> ways = new HashMap<>();
        Map<UUID, Answers.Given> answers = new HashMap<>();
        for (SealedRecord row : hospital.store().records(new RecordFilter(plea.patient(), null, null, MOST_RECORDS))) {
            Header header = ShelvedRecord.read(hospital.keys(), row).header();
            List<Object> collection = List.of(row.owner(), header.ownerKey());
            Circle.Way way = ways.get(collection);
            if (way == null) {
                way = circle.from(header, who);
                ways.put(collection, way);
            }
            Optional<Reencrypted> turned = hospital.pleas().turn(plea.id(), way.reKey(), row.id(), now());
            if (turned.isPresent()) {
                TrusteeAnswer answer = way.delegation()
                        .answer(
                                own,
                                header,
                                ConvertedLock.decode(turned.get().lock()),
                                ConversionProof.decode(turned.get().proof()),
                                hospital.keys().authorities());
                answers.put(row.id(), new Answers.Given(who.subject(), way.name(), answer));
            }
        }
        return answers;
    }

    /**
     * Lists pleas of the last 30 days, newest first: a doctor her own, a trustee and the security desk all, a patient those about her,
     * an owner those about her patients.
     */
    @RolesAllowed({Roles.DOCTOR, Roles.DATA_OWNER, Roles.SECURITY_DESK, Roles.KEY_AUTHORITY, Roles.PATIENT})
    public List<EmergencyView> list() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        Onlooker onlooker = onlooker(hospital);
        List<EmergencyView> views = new ArrayList<>();
        for (Plea plea : hospital.pleas().pleas(now().minus(LISTED))) {
            if (concerns(hospital, plea, onlooker)) {
                views.add(view(hospital, plea, onlooker));
            }
        }
        return views;
    }

    /**
     * One plea.
     *
     * @throws NoSuchEmergencyException if there is none, or it does not concern the caller
     */
    @RolesAllowed({Roles.DOCTOR, Roles.DATA_OWNER, Roles.SECURITY_DESK, Roles.KEY_AUTHORITY, Roles.PATIENT})
    public EmergencyView get(UUID id) throws NoSuchEmergencyException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Plea plea = hospital.pleas().plea(id).orElseThrow(NoSuchEmergencyException::new);
        Onlooker onlooker = onlooker(hospital);
        if (!concerns(hospital, plea, onlooker)) {
            throw new NoSuchEmergencyException();
        }
        return view(hospital, plea, onlooker);
    }

    /**
     * Ends a plea before its time: from then on it opens nothing.
     *
     * @throws NoSuchEmergencyException if there is none, or it is neither the caller's nor the security desk's to end
     */
    @RolesAllowed({Roles.DOCTOR, Roles.SECURITY_DESK})
    public void end(UUID id) throws NoSuchEmergencyException {
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        Plea plea = hospital.pleas().plea(id).orElseThrow(NoSuchEmergencyException::new);
        if (!plea.requester().equals(who.subject()) && !who.has(Roles.SECURITY_DESK)) {
            throw new NoSuchEmergencyException();
        }
        hospital.pleas().endPlea(id, hospital.event(who, "END", id, Map.of()));
    }

    /** Whoever asks, as far as it matters for what they see of a plea. */
    private record Onlooker(Credentials who, boolean isTrustee, Set<UUID> patients) {

        /** In the role she came in: as a patient, say, a trustee reads and does not act. */
        boolean mayAnswer() {
            return isTrustee
                    && Stream.of(Roles.DOCTOR, Roles.DATA_OWNER, Roles.SECURITY_DESK, Roles.KEY_AUTHORITY)
                            .anyMatch(who::has);
        }

        boolean pleaded(Plea plea) {
            return plea.requester().equals(who.subject());
        }
    }

    private Onlooker onlooker(Hospital hospital) throws IntegrityException {
        Credentials who = caller.credentials();
        try {
            Optional<RegisteredPerson> person = hospital.persons().find(who.subject());
            return new Onlooker(
                    who,
                    person.filter(Circle::isTrustee).isPresent(),
                    who.has(Roles.PATIENT)
                            ? person.map(RegisteredPerson::patients).orElse(Set.of())
                            : Set.of());
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static boolean concerns(Hospital hospital, Plea plea, Onlooker onlooker) {
        return onlooker.pleaded(plea)
                || onlooker.isTrustee()
                || onlooker.who().has(Roles.SECURITY_DESK)
                || onlooker.patients().contains(plea.patient())
                || owns(hospital, plea, onlooker.who());
    }

    private static boolean owns(Hospital hospital, Plea plea, Credentials who) {
        return who.has(Roles.DATA_OWNER)
                && hospital.store()
                        .patient(plea.patient())
                        .map(SealedPatient::owner)
                        .filter(who.subject()::equals)
                        .isPresent();
    }

    private EmergencyView view(Hospital hospital, Plea plea, Onlooker onlooker) throws IntegrityException {
        try {
            Facts facts = Facts.open(hospital.keys(), plea);
            List<PleaAnswer> answers = hospital.pleas().answers(plea.id());
            int together = Answers.together(hospital.keys(), plea.id(), answers);
            EmergencyState state = !plea.isLive(now())
                    ? EmergencyState.ENDED
                    : together >= threshold ? EmergencyState.OPEN : EmergencyState.WAITING;
            boolean answered = answers.stream()
                    .anyMatch(each -> each.trustee().equals(onlooker.who().subject()));
            return new EmergencyView(
                    plea.id(),
                    plea.patient(),
                    patientName(hospital, plea, onlooker),
                    plea.requester(),
                    facts.name(),
                    facts.reason(),
                    state,
                    together,
                    threshold,
                    plea.createdAt(),
                    plea.expiresAt(),
                    contact.orElse(null),
                    state == EmergencyState.WAITING && onlooker.mayAnswer() && !onlooker.pleaded(plea) && !answered,
                    state != EmergencyState.ENDED
                            && (onlooker.pleaded(plea) || onlooker.who().has(Roles.SECURITY_DESK)));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** A trustee has to know for whom; the security desk looks after the plea, not after the patient. */
    private static @Nullable String patientName(Hospital hospital, Plea plea, Onlooker onlooker)
            throws IntegrityException {
        boolean entitled = onlooker.pleaded(plea)
                || onlooker.mayAnswer()
                || onlooker.patients().contains(plea.patient())
                || owns(hospital, plea, onlooker.who());
        Optional<SealedPatient> row = entitled ? hospital.store().patient(plea.patient()) : Optional.empty();
        return row.isEmpty()
                ? null
                : PatientFile.read(hospital.keys(), row.get()).fields().getString("name");
    }

    private Circle circle(Hospital hospital) throws IntegrityException {
        try {
            return Circle.of(hospital, threshold);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

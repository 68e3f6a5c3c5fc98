package org.sosia.sharing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.reencryption.CheatingProxyException;
import org.sosia.crypto.reencryption.ConversionProof;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.IssuedReKey;
import org.sosia.crypto.reencryption.Pad;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.Epochs;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.GrantHalfRow;
import org.sosia.persistence.PersonState;
import org.sosia.persistence.Reencrypted;
import org.sosia.persistence.RequestFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.persistence.Tagging;
import org.sosia.records.ShelvedRecord;
import org.sosia.refusal.InvalidValueException;
import org.sosia.words.Words;

/**
 * Refers a record to a doctor who did not ask for it, by proxy re-encryption of the owner's lock.
 *
 * <p>A referral is in three places: cloud A keeps the re-encrypted lock, cloud B a pad, and the doctor receives the partial key in her
 * inbox. Either cloud can refuse; whoever misses one of the three has nothing. It lists, ends and is taken back as a grant is.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Referrals {
    private static final int PAGE = 200;
    private static final int MOST_SEARCHED = 2_000;
    private static final int MOST_SHOWN = 50;

    /** Nobody holds more approvals of one record at a time. */
    private static final int APPROVALS_SEEN = 20;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    @Inject
    Words words;

    @Inject
    @ConfigProperty(name = "sosia.referral.by-doctors", defaultValue = "true")
    boolean byDoctors;

    Clock clock = Clock.systemUTC();

    /**
     * Finds doctors by a part of their name or department.
     *
     * @param search a part of it, in whichever case; empty for all
     * @return at most 50, by account
     */
    @RolesAllowed({Roles.PATIENT, Roles.DOCTOR, Roles.DATA_OWNER})
    public List<DoctorView> doctors(String search) throws IntegrityException {
        Hospital hospital = lanes.hospital();
        String part = search.strip().toLowerCase(Locale.ROOT);
        List<DoctorView> found = new ArrayList<>();
        @Nullable String after = null;
        try {
            for (int searched = 0; searched < MOST_SEARCHED && found.size() < MOST_SHOWN; searched += PAGE) {
                List<RegisteredPerson> page = hospital.persons().list(after, PAGE);
                for (RegisteredPerson person : page) {
                    after = person.subject();
                    if (person.mayActAs(Roles.DOCTOR) && !person.subject().equals(caller.subject())) {
                        DoctorView view = view(person);
                        if (matches(view, part) && found.size() < MOST_SHOWN) {
                            found.add(view);
                        }
                    }
                }
                if (page.size() < PAGE) {
                    break;
                }
            }
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
        return found;
    }

    private static DoctorView view(RegisteredPerson person) {
        List<String> departments = person.attributes().stream()
                .filter(attribute -> attribute.name().equals("department"))
                .map(Attribute::value)
                .sorted()
                .toList();
        return new DoctorView(person.subject(), person.name(), departments);
    }

    private static boolean matches(DoctorView doctor, String part) {
        return doctor.name().toLowerCase(Locale.ROOT).contains(part)
                || doctor.departments().stream()
                        .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(part));
    }

    /**
     * Refers a record to a doctor. The record's owner may, and the patient it is about; and, where the hospital's settings allow it, a
     * doctor who satisfies its policy and holds an approval herself, for no longer than that lasts. The partial key waits in the inbox of whom it is referred to.
     *
     * <p>Whoever got a record by referral cannot refer it on.
     *
     * @param record the record
     * @param to the account of a doctor
     * @param expires until when, in the future and at most 366 days ahead
     * @param note words for the doctor, at most 2000 characters; may be empty
     * @param keywords by which the doctor can find the referral in {@link Inbox}, at most 16; may be empty
     * @return the referral, as an approved request
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws MayNotReferException if the caller may know of it and no more
     * @throws InvalidValueException if a value cannot be taken
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed({Roles.PATIENT, Roles.DOCTOR, Roles.DATA_OWNER})
    public RequestView refer(UUID record, String to, Instant expires, String note, List<String> keywords)
            throws NoSuchRecordException, MayNotReferException, InvalidValueException, StepUpRequiredException,
                    IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        SealedRecord row = hospital.store().record(record).orElseThrow(NoSuchRecordException::new);
        boolean entitled = isEntitled(hospital, row);
        Instant until = until(expires, entitled ? now().plus(Sharing.LONGEST) : endOfApproval(hospital, row));
        if (note.length() > Sharing.NOTE_CHARACTERS) {
            throw new InvalidValueException("note", "must have at most " + Sharing.NOTE_CHARACTERS + " characters");
        }
        Set<Keyword> found = keywords.isEmpty() ? Set.of() : words.offered(keywords);
        RegisteredPerson doctor = doctor(hospital, to);
        Header header = header(hospital, row);
        if (!entitled) {
            requireSatisfied(hospital, header);
        }
        return referred(hospital, row, lasting(hospital, row, header), doctor, until, note.strip(), found);
    }

    /**
     * What is converted for the doctor must stay right when the record's policy changes or follows to another issue. A record of format 1 would get
     * another lock then, so it gets it now.
     */
    private Header lasting(Hospital hospital, SealedRecord row, Header header) throws IntegrityException {
        if (header.keepsItsLock()) {
            return header;
        }
        try {
            Keyring keys = hospital.keys();
            Header next = header.withIssues(
                    keys.collection(row.owner(), header),
                    keys.parameters(),
                    UnaryOperator.identity(),
                    keys.signingKey(row.owner()),
                    keys.caOf(header.signature()));
            hospital.store()
                    .replaceHeader(
                            row.id(),
                            header.digest(),
                            next.encode(),
                            hospital.event(caller.credentials(), "REWRAP", row.id(), Map.of("because", "referral")));
            return next;
        } catch (StoreConflictException somebodyElse) {
            // Whoever changed it meanwhile has led it to format 2 as well.
            SealedRecord now = hospital.store().record(row.id()).orElseThrow(IntegrityException::new);
            return header(hospital, now);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Whether the caller is the owner, or the patient it is about. */
    private boolean isEntitled(Hospital hospital, SealedRecord row) throws IntegrityException {
        Credentials who = caller.credentials();
        return (who.has(Roles.DATA_OWNER) && row.owner().equals(who.subject()))
                || (who.has(Roles.PATIENT) && Sharing.isAbout(hospital, who, row));
    }

    private Instant endOfApproval(Hospital hospital, SealedRecord row)
            throws NoSuchRecordException, MayNotReferException {
        Credentials who = caller.credentials();
        if (!who.has(Roles.DOCTOR)) {
            throw new NoSuchRecordException();
        }
        GrantHalfRow held = hospital.grants()
                .approvalFor(who.subject(), row.id(), now())
                .filter(found -> byDoctors && isApproved(hospital, found))
                .orElseThrow(MayNotReferException::new);
        return held.expiresAt();
    }

    /** The keeper could name a half that no owner issued; she sealed what she approved. */
    private static boolean isApproved(Hospital hospital, GrantHalfRow held) {
        var filter = new RequestFilter(
                null, held.grantee(), held.record(), org.sosia.persistence.RequestState.APPROVED, null, APPROVALS_SEEN);
        return hospital.store().requests(filter).stream()
                .filter(request -> held.id().equals(request.grant()))
                .anyMatch(request -> held.expiresAt().equals(request.expiresAt()) && isApproved(hospital, request));
    }

    private static boolean isApproved(Hospital hospital, AccessRequest request) {
        try {
            return RequestFacts.isApproved(hospital.keys(), request);
        } catch (GeneralSecurityException damaged) {
            return false;
        }
    }

    /** An approval is not enough: a referral asks for no attributes, so whoever lost theirs would read through a colleague. */
    private void requireSatisfied(Hospital hospital, Header header) throws MayNotReferException, IntegrityException {
        boolean satisfied = Sharing.person(hospital, caller.subject())
                .filter(doctor -> Epochs.named(header.policy()).isSatisfiedBy(doctor.attributes()))
                .isPresent();
        if (!satisfied) {
            throw new MayNotReferException();
        }
    }

    private Instant until(Instant expires, Instant limit) throws InvalidValueException {
        Instant until = expires.truncatedTo(ChronoUnit.MICROS);
        if (!until.isAfter(now())) {
            throw new InvalidValueException("expires", "must be in the future");
        }
        if (until.isAfter(limit)) {
            throw new InvalidValueException("expires", "must be at most " + limit);
        }
        return until;
    }

    private RegisteredPerson doctor(Hospital hospital, String to) throws InvalidValueException, IntegrityException {
        return Sharing.person(hospital, to)
                .filter(person -> person.state() == PersonState.APPROVED && person.mayActAs(Roles.DOCTOR))
                .filter(person -> !person.subject().equals(caller.subject()))
                .filter(person -> person.personKey().isPresent())
                .orElseThrow(() -> new InvalidValueException("to", "must be the account of another doctor"));
    }

    private Header header(Hospital hospital, SealedRecord row) throws IntegrityException {
        try {
            return ShelvedRecord.read(hospital.keys(), row).header();
        } catch (IntegrityException tampered) {
            possession.reportTampering(caller.credentials(), row.id());
            throw tampered;
        }
    }

    private RequestView referred(
            Hospital hospital,
            SealedRecord row,
            Header header,
            RegisteredPerson doctor,
            Instant until,
            String note,
            Set<Keyword> keywords)
            throws IntegrityException {
        Credentials who = caller.credentials();
        UUID id = UUID.randomUUID();
        PersonKey recipient = doctor.personKey().orElseThrow();
        Purpose purpose = who.has(Roles.PATIENT) ? Purpose.PATRQT : Purpose.TREAT;
        RequestFacts facts = new RequestFacts(purpose, note, doctor.name(), null, Handover.SEAL, who.name());
        AccessRequest approved = new AccessRequest(
                UUID.randomUUID(),
                row.id(),
                row.patient(),
                doctor.subject(),
                row.owner(),
                org.sosia.persistence.RequestState.PENDING,
                now(),
                null,
                null,
                null,
                new byte[0]);
        approved = facts.sealedInto(approved.approved(id, now(), until, new byte[0]), hospital.keys());
        try {
            Keyring keys = hospital.keys();
            PartialKey partialKey = PartialKey.random();
            IssuedReKey issued = keys.delegator(row.owner(), header).toPerson(id, recipient.publicPart());
            byte[] delivery = Sharing.sealed(recipient, id, approved, partialKey.revealText());
            // The pad first: it leads nowhere alone. Once cloud A has the lock, the referral stands.
            hospital.mediator()
                    .keepPad(
                            hospital.realm(),
                            id,
                            doctor.subject(),
                            Pad.seal(partialKey, id, row.id(), issued.delegation()),
                            until);
            Tags.keep(
                    hospital,
                    new Tagging(id, row.id(), who.subject(), doctor.subject(), approved.createdAt(), until),
                    keywords);
            Reencrypted done = hospital.grants()
                    .refer(
                            GrantHalfRow.referral(id, row.id(), doctor.subject(), until, delivery),
                            issued.reKey().encode(),
                            approved,
                            hospital.event(
                                    who,
                                    "REFER",
                                    id,
                                    Map.of(
                                            "record", row.id().toString(),
                                            "grantee", doctor.subject(),
                                            "expires", until.toString())));
            issued.delegation()
                    .verify(
                            header,
                            ConvertedLock.decode(done.lock()),
                            ConversionProof.decode(done.proof()),
                            keys.authorities());
            return view(approved, facts);
        } catch (CheatingProxyException wrong) {
            possession.reportWrongReencryption(who, row.id());
            hospital.grants().revoke(id, hospital.event(who, "REVOKE", id, Map.of("because", "wrong")));
            throw new IntegrityException(wrong);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static RequestView view(AccessRequest row, RequestFacts facts) {
        return Sharing.view(
                row,
                RequestState.APPROVED,
                facts.requesterName(),
                facts.purpose(),
                facts.note(),
                null,
                facts.referredBy(),
                true);
    }

    /** The stores keep microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package org.sosia.sharing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.IssuedGrant;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.paging.Page;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.GrantHalfRow;
import org.sosia.persistence.GrantKind;
import org.sosia.persistence.PersonState;
import org.sosia.persistence.RequestFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.refusal.InvalidValueException;

/** Lets a person ask for a record, and its owner hand it over and take it back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Sharing {
    private static final Logger LOG = Logger.getLogger(Sharing.class.getName());

    /** What fits a screen; a note is a sentence, not a record. */
    static final int NOTE_CHARACTERS = 2000;

    static final int REASON_CHARACTERS = 500;

    /** Nobody remembers for what she opened a record longer ago. */
    static final Duration LONGEST = Duration.ofDays(366);

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    /**
     * Asks the owner of a record for it. Who asks the very same again while the first request waits gets that one back.
     *
     * @param record the record
     * @param purpose a code of {@link Purpose}
     * @param note the requester's own words, at most 2000 characters; may be empty
     * @return the request as it now waits
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws InvalidValueException if the purpose is unknown or the note too long
     */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT})
    public RequestView request(UUID record, String purpose, String note)
            throws NoSuchRecordException, InvalidValueException, IntegrityException {
        Purpose known = Purpose.ofCode(purpose)
                .orElseThrow(() -> new InvalidValueException("purpose", "must be a purpose of use such as TREAT"));
        requireShort("note", note, NOTE_CHARACTERS);
        Credentials who = caller.credentials();
        Hospital hospital = lanes.hospital();
        SealedRecord wanted = visible(hospital, who, record);
        RequestFacts facts = new RequestFacts(known, note.strip(), who.name(), null, null, null);
        Optional<AccessRequest> waiting = waiting(hospital, who, wanted, facts);
        if (waiting.isPresent()) {
            return view(hospital, waiting.get());
        }
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(),
                wanted.id(),
                wanted.patient(),
                who.subject(),
                wanted.owner(),
                org.sosia.persistence.RequestState.PENDING,
                now(),
                null,
                null,
                null,
                new byte[0]);
        request = facts.sealedInto(request, hospital.keys());
        hospital.store()
                .saveRequest(
                        request,
                        hospital.event(
                                who,
                                "REQUEST",
                                request.id(),
                                Map.of("record", record.toString(), "purpose", known.name())));
        return view(hospital, request);
    }

    /**
     * Lists requests, newest first: an owner those for her records, a consumer her own. Server A's operator sees that they are
     * there, but neither purpose nor words, which are sealed.
     *
     * @param state only those in this state, or null for all
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT, Roles.CLOUD_OPERATOR})
    public Page<RequestView> requests(@Nullable RequestState state, @Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        Cursor from = Page.place(after);
        Hospital hospital = lanes.hospital();
        Page<AccessRequest> page = new RequestLists(hospital, caller.credentials(), now()).page(state, from, limit);
        List<RequestView> views = new ArrayList<>();
        for (AccessRequest row : page.items()) {
            views.add(view(hospital, row));
        }
        return new Page<>(views, page.next());
    }

    /**
     * Lists the requests for one record, newest first: to its owner and to the patient it is about everybody's, to anybody else her
     * own. A record that does not exist has none. The patient learns who asks and what for, not the words that went with it.
     *
     * @param record the record
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public Page<RequestView> requestsFor(UUID record, @Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        Cursor place = Page.place(after);
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        Optional<SealedRecord> found = hospital.store().record(record);
        boolean everybodys =
                found.isPresent() && (found.get().owner().equals(who.subject()) || isAbout(hospital, who, found.get()));
        List<AccessRequest> rows = hospital.store()
                .requests(new RequestFilter(null, everybodys ? null : who.subject(), record, null, place, limit + 1));
        List<RequestView> views = new ArrayList<>();
        for (AccessRequest row : rows.subList(0, Math.min(limit, rows.size()))) {
            views.add(mayKnow(row, who) ? view(hospital, row) : viewOfThePatient(hospital, row));
        }
        AccessRequest last = rows.size() > limit ? rows.get(limit - 1) : null;
        return new Page<>(
                views,
                last == null
                        ? null
                        : Cursor.following(place, last.createdAt(), last.id()).toText());
    }

    /**
     * One request.
     *
     * @throws NoSuchRequestException if there is none, or the caller neither made nor decides it
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT, Roles.CLOUD_OPERATOR})
    public RequestView get(UUID request) throws NoSuchRequestException, IntegrityException {
        Hospital hospital = lanes.hospital();
        AccessRequest row = hospital.store()
                .request(request)
                .filter(found -> mayKnow(found, caller.credentials()))
                .orElseThrow(NoSuchRequestException::new);
        return view(hospital, row);
    }

    /**
     * Approves a request until an instant. That the owner released it is in the audit chain before the partial key leaves.
     *
     * @param request the request
     * @param expires until when, in the future and at most 366 days ahead
     * @param handover shown here once, or sealed to the requester
     * @throws NoSuchRequestException if there is none, or it is not the caller's to decide
     * @throws RequestDecidedException if it was decided before; of two approvals at the same time one meets this
     * @throws InvalidValueException if the expiry is not in the future, or too far in it
     * @throws NoPersonKeyException if it should be sealed and the requester has no key
     * @throws StepUpRequiredException if the caller's proof is too old for releasing a key
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public Approval approve(UUID request, Instant expires, Handover handover)
            throws NoSuchRequestException, RequestDecidedException, InvalidValueException, NoPersonKeyException,
                    StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        AccessRequest pending = undecided(hospital, request);
        Instant until = requireSensible(expires);
        RequestFacts facts = facts(hospital, pending).approved(handover);
        UUID grant = UUID.randomUUID();
        try {
            PersonKey recipient = handover == Handover.SEAL ? personKey(hospital, pending.requester()) : null;
            IssuedGrant issued = collection(hospital, pending).issueGrant();
            String partialKey = issued.partialKey().revealText();
            byte[] delivery = recipient == null ? null : sealed(recipient, grant, pending, partialKey);
            GrantHalfRow half = new GrantHalfRow(
                    grant, pending.record(), pending.requester(), issued.half().encode(), until, false, delivery);
            AccessRequest approved = pending.approved(grant, now(), until, pending.sealed());
            keep(hospital, half, facts.sealedInto(approved, hospital.keys()));
            return new Approval(grant, until, delivery == null ? partialKey : null);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Denies a request.
     *
     * @param reason told to the requester, at most 500 characters; may be empty
     * @throws NoSuchRequestException if there is none, or it is not the caller's to decide
     * @throws RequestDecidedException if it was decided before
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public void deny(UUID request, String reason)
            throws NoSuchRequestException, RequestDecidedException, InvalidValueException, IntegrityException {
        requireShort("reason", reason, REASON_CHARACTERS);
        Hospital hospital = lanes.hospital();
        AccessRequest pending = undecided(hospital, request);
        RequestFacts facts = facts(hospital, pending).denied(reason.strip());
        try {
            hospital.store()
                    .saveRequest(
                            facts.sealedInto(pending.denied(now(), pending.sealed()), hospital.keys()),
                            hospital.event(
                                    caller.credentials(),
                                    "DENY",
                                    request,
                                    Map.of("record", pending.record().toString())));
        } catch (StoreConflictException somebodyElseDecided) {
            throw decided(hospital, request);
        }
    }

    /**
     * Takes a grant back: when this returns, the store refuses its half.
     *
     * <p>A consumer who already opened the record keeps what she read; revocation cannot undo that. Revoking again changes nothing
     * and gives another receipt. A referral is forgotten at both clouds; the patient whose record it opens may take it back as well.
     *
     * @throws NoSuchGrantException if there is no such grant on a record of the caller
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.PATIENT})
    public RevocationReceipt revoke(UUID grant) throws NoSuchGrantException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        GrantHalfRow half = hospital.grants()
                .grant(grant)
                .filter(found -> mayTakeBack(hospital, who, found))
                .orElseThrow(NoSuchGrantException::new);
        long entry = hospital.grants()
                .revoke(
                        grant,
                        hospital.event(
                                who,
                                "REVOKE",
                                grant,
                                Map.of("record", half.record().toString(), "grantee", half.grantee())));
        if (half.kind() == GrantKind.LOCK) {
            dropPad(hospital, grant);
        }
        Revocation revocation = new Revocation(grant, half.record(), half.grantee(), now(), entry, who.subject());
        try {
            return revocation.signed(hospital.keys().signingKey(who.subject()));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Takes the partial key that waits sealed in the caller's inbox. It can be taken again as long as the grant lives. The audit entry
     * comes first.
     *
     * @return the partial key as it is written down
     * @throws NoSuchGrantException if no such grant is the caller's, or it ended, or nothing waits in it
     * @throws StepUpRequiredException if the caller's proof is too old for a key to be released
     */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT})
    public String takeDelivered(UUID grant) throws NoSuchGrantException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        GrantHalfRow half = hospital.grants()
                .grant(grant)
                .filter(found -> found.grantee().equals(who.subject()))
                .filter(found -> !found.revoked() && found.expiresAt().isAfter(now()))
                .orElseThrow(NoSuchGrantException::new);
        byte[] delivery = half.delivery();
        if (delivery == null) {
            throw new NoSuchGrantException();
        }
        try {
            RegisteredPerson person = withKey(hospital, who.subject());
            hospital.store()
                    .audit(hospital.event(
                            who, "REVEAL", grant, Map.of("record", half.record().toString())));
            byte[] opened = Deliveries.opened(person, half, delivery);
            String partialKey = new String(opened, StandardCharsets.US_ASCII);
            Arrays.fill(opened, (byte) 0);
            return partialKey;
        } catch (NoPersonKeyException neverHadOne) {
            throw new NoSuchGrantException();
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private SealedRecord visible(Hospital hospital, Credentials who, UUID record)
            throws NoSuchRecordException, IntegrityException {
        SealedRecord found = hospital.store().record(record).orElseThrow(NoSuchRecordException::new);
        if (!who.has(Roles.DOCTOR) && !isAbout(hospital, who, found)) {
            throw new NoSuchRecordException();
        }
        return found;
    }

    static boolean isAbout(Hospital hospital, Credentials who, SealedRecord record) throws IntegrityException {
        return person(hospital, who.subject())
                .map(person -> person.patients().contains(record.patient()))
                .orElse(false);
    }

    static Optional<RegisteredPerson> person(Hospital hospital, String subject) throws IntegrityException {
        try {
            return hospital.persons().find(subject);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    static PersonKey personKey(Hospital hospital, String subject) throws NoPersonKeyException, IntegrityException {
        return withKey(hospital, subject).personKey().orElseThrow(NoPersonKeyException::new);
    }

    private static RegisteredPerson withKey(Hospital hospital, String subject)
            throws NoPersonKeyException, IntegrityException {
        return person(hospital, subject)
                .filter(person -> person.state() == PersonState.APPROVED)
                .filter(person -> person.personKey().isPresent())
                .orElseThrow(NoPersonKeyException::new);
    }

    private Optional<AccessRequest> waiting(Hospital hospital, Credentials who, SealedRecord record, RequestFacts same)
            throws IntegrityException {
        var filter = new org.sosia.persistence.RequestFilter(
                null, who.subject(), record.id(), org.sosia.persistence.RequestState.PENDING, null, 10);
        for (AccessRequest row : hospital.store().requests(filter)) {
            if (facts(hospital, row).equals(same)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** In the record's epoch: an approval of another one converts nothing. */
    private static CollectionKeys collection(Hospital hospital, AccessRequest request)
            throws NoSuchRequestException, GeneralSecurityException {
        SealedRecord record = hospital.store().record(request.record()).orElseThrow(NoSuchRequestException::new);
        return hospital.keys().collection(record.owner(), Header.decode(record.header()));
    }

    private AccessRequest undecided(Hospital hospital, UUID request)
            throws NoSuchRequestException, RequestDecidedException {
        AccessRequest found = hospital.store()
                .request(request)
                .filter(row -> row.owner().equals(caller.subject()))
                .orElseThrow(NoSuchRequestException::new);
        RequestState state = RequestLists.stateOf(found, now());
        if (state != RequestState.PENDING) {
            throw new RequestDecidedException(state);
        }
        // A request outlives its record; there is nothing left to approve then.
        if (hospital.store().record(found.record()).isEmpty()) {
            throw new NoSuchRequestException();
        }
        return found;
    }

    private void keep(Hospital hospital, GrantHalfRow half, AccessRequest approved) throws RequestDecidedException {
        try {
            hospital.grants()
                    .keep(
                            half,
                            approved,
                            hospital.event(
                                    caller.credentials(),
                                    "RELEASE",
                                    half.id(),
                                    Map.of(
                                            "request", approved.id().toString(),
                                            "record", half.record().toString(),
                                            "grantee", half.grantee(),
                                            "expires", half.expiresAt().toString())));
        } catch (StoreConflictException somebodyElseDecided) {
            throw decided(hospital, approved.id());
        }
    }

    private RequestDecidedException decided(Hospital hospital, UUID request) {
        return new RequestDecidedException(hospital.store()
                .request(request)
                .map(row -> RequestLists.stateOf(row, now()))
                .orElse(RequestState.DENIED));
    }

    private static boolean mayTakeBack(Hospital hospital, Credentials who, GrantHalfRow grant) {
        if (who.has(Roles.DATA_OWNER) && owns(hospital, who, grant.record())) {
            return true;
        }
        try {
            Optional<SealedRecord> record = hospital.store().record(grant.record());
            return grant.kind() == GrantKind.LOCK
                    && who.has(Roles.PATIENT)
                    && record.isPresent()
                    && isAbout(hospital, who, record.get());
        } catch (IntegrityException damaged) {
            return false;
        }
    }

    /** The keeper refuses already; what is left at the mediator opens nothing without the keeper. */
    private static void dropPad(Hospital hospital, UUID referral) {
        try {
            hospital.mediator().dropPad(hospital.realm(), referral);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the pad of referral {0} goes when it expires", referral);
        }
    }

    private static boolean owns(Hospital hospital, Credentials who, UUID record) {
        return hospital.store()
                .recordInAnyState(record)
                .map(SealedRecord::owner)
                .filter(who.subject()::equals)
                .isPresent();
    }

    private static boolean mayKnow(AccessRequest row, Credentials who) {
        return row.owner().equals(who.subject())
                || row.requester().equals(who.subject())
                || who.has(Roles.CLOUD_OPERATOR);
    }

    /** Who asks and what for concerns the patient; the words between requester and owner stay between them. */
    private RequestView viewOfThePatient(Hospital hospital, AccessRequest row) throws IntegrityException {
        RequestFacts facts = facts(hospital, row);
        return view(
                row,
                RequestLists.stateOf(row, now()),
                facts.requesterName(),
                facts.purpose(),
                "",
                null,
                facts.referredBy(),
                false);
    }

    private RequestView view(Hospital hospital, AccessRequest row) throws IntegrityException {
        return view(hospital, row, caller.credentials(), now());
    }

    static RequestView view(Hospital hospital, AccessRequest row, Credentials who, Instant now)
            throws IntegrityException {
        RequestState state = RequestLists.stateOf(row, now);
        if (!row.owner().equals(who.subject()) && !row.requester().equals(who.subject())) {
            return view(row, state, row.requester(), null, "", null, null, false);
        }
        RequestFacts facts = facts(hospital, row);
        boolean delivered = state == RequestState.APPROVED && facts.handover() == Handover.SEAL;
        return view(
                row,
                state,
                facts.requesterName(),
                facts.purpose(),
                facts.note(),
                facts.reason(),
                facts.referredBy(),
                delivered);
    }

    static RequestView view(
            AccessRequest row,
            RequestState state,
            String name,
            @Nullable Purpose purpose,
            String note,
            @Nullable String reason,
            @Nullable String referredBy,
            boolean delivered) {
        return new RequestView(
                row.id(),
                row.record(),
                row.patient(),
                row.requester(),
                name,
                row.owner(),
                purpose,
                note,
                state,
                reason,
                row.createdAt(),
                row.decidedAt(),
                row.expiresAt(),
                row.grant(),
                referredBy,
                delivered);
    }

    private static RequestFacts facts(Hospital hospital, AccessRequest row) throws IntegrityException {
        try {
            return RequestFacts.open(hospital.keys(), row);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    static byte[] sealed(PersonKey recipient, UUID grant, AccessRequest request, String partialKey)
            throws GeneralSecurityException {
        return Deliveries.sealed(
                recipient.publicPart(), grant, request.record(), partialKey.getBytes(StandardCharsets.US_ASCII));
    }

    private Instant requireSensible(Instant expires) throws InvalidValueException {
        Instant now = now();
        if (!expires.isAfter(now)) {
            throw new InvalidValueException("expires", "must be in the future");
        }
        if (expires.isAfter(now.plus(LONGEST))) {
            throw new InvalidValueException("expires", "must be at most 366 days ahead");
        }
        return expires.truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireShort(String field, String text, int most) throws InvalidValueException {
        if (text.length() > most) {
            throw new InvalidValueException(field, "must have at most " + most + " characters");
        }
    }

    // The stores keep microseconds; a view made before the row was read back must say the same.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

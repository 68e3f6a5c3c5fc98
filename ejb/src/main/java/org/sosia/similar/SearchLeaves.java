package org.sosia.similar;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.Leave;
import org.sosia.persistence.PersonState;
import org.sosia.refusal.InvalidValueException;

/** Lets an owner say which doctors may search all her images, and take that back. Records approved one by one need no leave. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class SearchLeaves {

    private static final Duration LONGEST = Duration.ofDays(366);

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    /**
     * Gives a leave.
     *
     * @param to the doctor's subject id
     * @param distances whether she learns distances too
     * @param pruned whether she may search in the pruned mode
     * @param expires until when, at most 366 days ahead
     * @throws InvalidValueException if there is no such doctor, or the end is not sensible
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public SearchLeave give(String to, boolean distances, boolean pruned, Instant expires)
            throws InvalidValueException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Instant now = clock.instant();
        if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
            throw new InvalidValueException("expires", "must be in the future and at most 366 days ahead");
        }
        String name = doctor(hospital, to)
                .orElseThrow(() -> new InvalidValueException("to", "must be the id of a doctor who is registered here"))
                .name();
        Leave leave = new Leave(
                UUID.randomUUID(),
                to,
                null,
                caller.subject(),
                distances,
                pruned,
                expires.truncatedTo(ChronoUnit.MICROS));
        hospital.store()
                .audit(hospital.event(
                        caller.credentials(),
                        "LEAVE",
                        leave.id(),
                        Map.of(
                                "grantee", to,
                                "distances", String.valueOf(distances),
                                "pruned", String.valueOf(pruned),
                                "disclosed", Disclosure.of(pruned),
                                "expires", leave.expires().toString())));
        hospital.searches().first().giveLeave(hospital.realm(), End.A, leave);
        return view(leave, name);
    }

    private static Optional<RegisteredPerson> doctor(Hospital hospital, String subject) throws IntegrityException {
        return person(hospital, subject)
                .filter(person ->
                        person.state() == PersonState.APPROVED && person.roles().contains(Roles.DOCTOR));
    }

    private static Optional<RegisteredPerson> person(Hospital hospital, String subject) throws IntegrityException {
        try {
            return hospital.persons().find(subject);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Lists the leaves that the caller gave and that stand, those that end first before the others. */
    @RolesAllowed(Roles.DATA_OWNER)
    public List<SearchLeave> list() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        List<SearchLeave> standing = new ArrayList<>();
        for (Leave leave :
                hospital.searches().first().leavesOf(hospital.realm(), End.A, caller.subject(), clock.instant())) {
            standing.add(view(
                    leave,
                    person(hospital, leave.grantee())
                            .map(RegisteredPerson::name)
                            .orElse("")));
        }
        return standing;
    }

    /**
     * Takes a leave back: from now on the first cloud refuses its searches.
     *
     * @throws NoSuchLeaveException if the caller gave no such leave
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public void takeBack(UUID leave) throws NoSuchLeaveException {
        Hospital hospital = lanes.hospital();
        if (!hospital.searches().first().takeLeave(hospital.realm(), End.A, leave, caller.subject())) {
            throw new NoSuchLeaveException();
        }
        hospital.store().audit(hospital.event(caller.credentials(), "UNLEAVE", leave, Map.of()));
    }

    private static SearchLeave view(Leave leave, String name) {
        return new SearchLeave(leave.id(), leave.grantee(), name, leave.distances(), leave.pruned(), leave.expires());
    }
}

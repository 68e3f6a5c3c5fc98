package org.sosia.registration;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Enrolment;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.paging.Page;
import org.sosia.paging.Sought;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.PersonState;
import org.sosia.refusal.InvalidValueException;

/** Lets the administrators decide who may act, and the key authority say with which attributes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Registrations {
    static final int SUBJECT_CHARACTERS = 100;
    static final int NAME_CHARACTERS = 200;

    /** Who holds an attribute of this name opens records with others: an operator alone must not make such people. */
    private static final String OF_TRUSTEES = "emergency";

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Enrolment enrolment;

    Clock clock = Clock.systemUTC();

    /**
     * Lists persons by account.
     *
     * @param after the cursor of the page before, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public Page<RegistrationView> list(@Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        return search("", null, after, limit);
    }

    /**
     * Lists those of the same persons whose name, account, role or attributes have these words. What is said of a person is sealed: rows
     * are opened one after the other to look, and after {@value Sought#MOST_OPENED} the page ends, perhaps short or empty, with the
     * cursor to go on from.
     *
     * @param words parts of them between blanks; none lists everybody
     * @param state only those in this state, or null for all
     * @param after the cursor of the page before, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public Page<RegistrationView> search(
            String words, @Nullable RegistrationState state, @Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        if (after != null && after.length() > SUBJECT_CHARACTERS) {
            throw Page.foreignCursor();
        }
        Sought sought = Sought.in(words);
        Hospital hospital = lanes.hospital();
        int stride = sought.isEverything() && state == null ? limit + 1 : Page.MOST;
        String place = after == null || after.isEmpty() ? null : after;
        List<RegistrationView> views = new ArrayList<>();
        try {
            for (int opened = 0; opened < Sought.MOST_OPENED; opened += stride) {
                List<RegisteredPerson> persons = hospital.persons().list(place, stride);
                for (RegisteredPerson person : persons) {
                    if (views.size() == limit) {
                        return new Page<>(views, place);
                    }
                    place = person.subject();
                    RegistrationView view = view(person);
                    if ((state == null || view.state() == state) && sought.isIn(described(view))) {
                        views.add(view);
                    }
                }
                if (persons.size() < stride) {
                    return new Page<>(views, null);
                }
            }
            return new Page<>(views, place);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static String described(RegistrationView person) {
        return String.join(
                "\n",
                person.name(),
                person.subject(),
                String.join(" ", person.roles()),
                String.join(" ", person.attributes()));
    }

    /**
     * One person.
     *
     * @throws NoSuchPersonException if nobody is registered under that account
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public RegistrationView get(String subject) throws NoSuchPersonException, IntegrityException {
        return view(known(lanes.hospital(), subject));
    }

    /**
     * Registers a person, who then waits for approval.
     *
     * @param subject the account's identifier at the identity provider
     * @param name the name
     * @param role what she acts as
     * @param attributes such as {@code department:cardiology}, at most 50; those that are called {@code emergency} only by the key
     *     authority
     * @param linkedPatient the patient she is, or null
     * @throws InvalidValueException if a value cannot be taken, or the account is registered already
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public RegistrationView register(
            String subject, String name, String role, Set<String> attributes, @Nullable UUID linkedPatient)
            throws InvalidValueException, IntegrityException {
        requireText("subject", subject, SUBJECT_CHARACTERS);
        requireText("name", name, NAME_CHARACTERS);
        if (!Roles.ALL.contains(role)) {
            throw new InvalidValueException("role", "must be one of " + String.join(", ", new TreeSet<>(Roles.ALL)));
        }
        Set<Attribute> parsed = parsed(attributes);
        boolean trustee = parsed.stream().anyMatch(attribute -> attribute.name().equals(OF_TRUSTEES));
        if (trustee && !caller.credentials().has(Roles.KEY_AUTHORITY)) {
            throw new InvalidValueException("attributes", "must not make a trustee: the key authority does");
        }
        Hospital hospital = lanes.hospital();
        try {
            if (hospital.persons().find(subject).isPresent()) {
                throw new InvalidValueException("subject", "is registered already");
            }
            Set<UUID> patients = linkedPatient == null ? Set.of() : Set.of(linkedPatient);
            RegisteredPerson person = RegisteredPerson.pending(
                            subject, now(), name.strip(), Set.of(role), parsed, patients)
                    .registeredBy(caller.credentials().subject());
            hospital.persons().save(person, event(hospital, "REGISTER", person));
            follow(hospital, person);
            return view(person);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Approves a person whom somebody else registered: makes her keys. Approving twice changes nothing.
     *
     * @throws NoSuchPersonException if nobody is registered under that account
     * @throws SecondPersonNeededException if the caller registered her
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public RegistrationView approve(String subject)
            throws NoSuchPersonException, SecondPersonNeededException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        RegisteredPerson person = known(hospital, subject);
        if (person.state() == PersonState.APPROVED) {
            return view(person);
        }
        if (person.registrant().filter(caller.credentials().subject()::equals).isPresent()) {
            throw new SecondPersonNeededException();
        }
        try {
            RegisteredPerson approved = hospital.persons().approve(person, now(), event(hospital, "ENROL", person));
            follow(hospital, approved);
            return view(approved);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Takes a person out: the mediating cloud drops her transform key before this returns. Twice changes nothing.
     *
     * @throws NoSuchPersonException if nobody is registered under that account
     */
    @RolesAllowed({Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public RegistrationView disable(String subject) throws NoSuchPersonException, IntegrityException {
        Hospital hospital = lanes.hospital();
        RegisteredPerson person = known(hospital, subject);
        if (person.state() == PersonState.DISABLED) {
            return view(person);
        }
        try {
            RegisteredPerson disabled = hospital.persons()
                    .disable(subject, now(), event(hospital, "DISABLE", person))
                    .orElseThrow(NoSuchPersonException::new);
            follow(hospital, disabled);
            return view(disabled);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Every attribute that some approved person holds, sorted: what a policy can sensibly name. */
    @RolesAllowed({Roles.DATA_OWNER, Roles.CLOUD_OPERATOR, Roles.KEY_AUTHORITY})
    public Set<String> attributes() throws IntegrityException {
        try {
            return lanes.hospital().persons().heldAttributes().stream()
                    .map(Attribute::toText)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    // What is decided in the twin stays there; what is decided in the real hospital the twin follows.
    private void follow(Hospital hospital, RegisteredPerson person) throws GeneralSecurityException {
        if (hospital.lane() == Lane.ORIGINAL) {
            enrolment.mirror(person, caller.credentials());
        }
    }

    private static RegisteredPerson known(Hospital hospital, String subject)
            throws NoSuchPersonException, IntegrityException {
        try {
            return hospital.persons().find(subject).orElseThrow(NoSuchPersonException::new);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private AuditEvent event(Hospital hospital, String action, RegisteredPerson person) {
        return hospital.event(caller.credentials(), action, null, Map.of("person", person.subject()));
    }

    private static Set<Attribute> parsed(Set<String> texts) throws InvalidValueException {
        if (texts.size() > RegisteredPerson.MOST_ATTRIBUTES) {
            throw new InvalidValueException("attributes", "must be at most " + RegisteredPerson.MOST_ATTRIBUTES);
        }
        Set<Attribute> attributes = new LinkedHashSet<>();
        for (String text : texts) {
            try {
                attributes.add(Attribute.parse(text));
            } catch (PolicySyntaxException malformed) {
                throw new InvalidValueException("attributes", "must look like department:cardiology");
            }
        }
        return attributes;
    }

    private static void requireText(String field, String text, int most) throws InvalidValueException {
        if (text.isBlank() || text.length() > most) {
            throw new InvalidValueException(field, "must have 1 to " + most + " characters");
        }
        // Accounts stand in signed statements, one fact a line.
        if (text.chars().anyMatch(Character::isISOControl) || text.strip().equals(Keyring.KEY_AUTHORITY)) {
            throw new InvalidValueException(field, "must not hold control characters, nor be a reserved name");
        }
    }

    private static RegistrationView view(RegisteredPerson person) {
        return new RegistrationView(
                person.subject(),
                person.name(),
                new TreeSet<>(person.roles()),
                person.attributes().stream().map(Attribute::toText).collect(Collectors.toCollection(TreeSet::new)),
                person.patients().stream().findFirst().orElse(null),
                switch (person.state()) {
                    case PENDING -> RegistrationState.PENDING;
                    case APPROVED -> RegistrationState.APPROVED;
                    case DISABLED -> RegistrationState.DISABLED;
                },
                person.since(),
                person.registrant().orElse(null));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

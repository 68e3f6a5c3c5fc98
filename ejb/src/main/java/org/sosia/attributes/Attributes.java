package org.sosia.attributes;

import jakarta.annotation.security.PermitAll;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.Board;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.Epochs;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Issue;
import org.sosia.persistence.Job;
import org.sosia.persistence.JobState;
import org.sosia.persistence.PersonState;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;

/** Lets the key authority say who holds an attribute, and take it back at once. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Attributes {

    private static final int PAGE = 200;
    private static final int JOBS_SHOWN = 50;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    /** Every attribute that somebody holds or lost, sorted by name, with those who hold it. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public List<AttributeView> list() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        Map<String, List<AttributeView.Holder>> holders = new TreeMap<>();
        for (Issue issue : hospital.store().issues()) {
            holders.put(issue.attribute().toText(), new ArrayList<>());
        }
        for (RegisteredPerson person : approved(hospital)) {
            for (Attribute held : person.attributes()) {
                holders.computeIfAbsent(held.toText(), name -> new ArrayList<>())
                        .add(new AttributeView.Holder(person.subject(), person.name()));
            }
        }
        Epochs epochs = Epochs.of(hospital.store());
        List<AttributeView> views = new ArrayList<>();
        holders.forEach((name, who) -> views.add(view(epochs.issue(known(name)), who)));
        return views;
    }

    private static AttributeView view(Issue issue, List<AttributeView.Holder> holders) {
        boolean moving = issue.oldest() < issue.next();
        return new AttributeView(issue.attribute().toText(), issue.newest(), moving, List.copyOf(holders));
    }

    private static List<RegisteredPerson> approved(Hospital hospital) throws IntegrityException {
        List<RegisteredPerson> approved = new ArrayList<>();
        try {
            List<RegisteredPerson> page;
            String after = null;
            do {
                page = hospital.persons().list(after, PAGE);
                for (RegisteredPerson person : page) {
                    if (person.state() == PersonState.APPROVED) {
                        approved.add(person);
                    }
                    after = person.subject();
                }
            } while (page.size() == PAGE);
            return approved;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Takes an attribute from a person. When this returns, the mediating cloud has no piece of her key for it: the next opening that
     * needs it fails, whatever else she has, and a key issued later cannot bring it back. Her registration lost the attribute too, and
     * its next issue has begun, to which everybody else and all records follow in the background.
     *
     * <p>Who already opened a record keeps what she read. Taking the same again changes nothing and gives another receipt.
     *
     * @param name the attribute, such as {@code department:cardiology}; an epoch is ignored
     * @param user the account
     * @throws NoSuchAttributeException if the hospital knows no such attribute
     * @throws NoSuchPersonException if nobody is registered under that account
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public AttributeReceipt revoke(String name, String user)
            throws NoSuchAttributeException, NoSuchPersonException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Attribute attribute = known(hospital, name, user);
            Map<String, String> about = Map.of("person", user, "attribute", attribute.toText());
            // First of all where it counts; from here on nothing that needs the attribute opens for her.
            long entry = hospital.mediator()
                    .dropAttribute(
                            realms(hospital), user, attribute, lanes.twin().event(who(), "DROP", null, about));
            Instant at = now();
            int before = Epochs.of(hospital.store()).issue(attribute).newest();
            Optional<Job> begun = lose(hospital, user, attribute, about);
            if (hospital.lane() == Lane.ORIGINAL) {
                // What is decided in the real hospital the twin follows; what is decided in the twin stays there.
                lose(lanes.twin(), user, attribute, about);
            }
            return receipt(hospital, attribute, user, at, before, entry, begun)
                    .signed(hospital.keys().officeKey());
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private AttributeRevocation receipt(
            Hospital hospital,
            Attribute attribute,
            String user,
            Instant at,
            int before,
            long entry,
            Optional<Job> begun) {
        Optional<Job> job = begun.or(() -> unfinished(hospital, attribute));
        int after = begun.map(Job::epoch)
                .orElse(Epochs.of(hospital.store()).issue(attribute).next());
        return new AttributeRevocation(
                attribute.toText(),
                user,
                at,
                who().subject(),
                before,
                after,
                entry,
                hospital.store().countNaming(attribute, after),
                job.map(Job::id).orElse(null),
                begun.isPresent() ? List.of("transform-key", "registration", "issue") : List.of("transform-key"));
    }

    private static Optional<Job> unfinished(Hospital hospital, Attribute attribute) {
        return hospital.store().jobs(Rewrapping.KIND, JOBS_SHOWN).stream()
                .filter(job -> job.name().equals(attribute.toText()) && job.state() != JobState.DONE)
                .findFirst();
    }

    private Optional<Job> lose(Hospital hospital, String user, Attribute attribute, Map<String, String> about)
            throws GeneralSecurityException {
        AuditEvent audit = hospital.event(who(), "WITHDRAW", null, about);
        Job job = Job.begun(Rewrapping.KIND, attribute.toText(), 1, now());
        return hospital.persons().lose(user, attribute, job, audit);
    }

    /**
     * Gives a person an attribute, for the first time or again. Her key follows before this returns; there is nothing for her to do.
     *
     * @throws NoSuchAttributeException if the name is none of an attribute
     * @throws NoSuchPersonException if nobody is registered and approved under that account
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public AttributeView give(String name, String user)
            throws NoSuchAttributeException, NoSuchPersonException, InvalidValueException, StepUpRequiredException,
                    IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        Attribute attribute = parsed(name);
        Map<String, String> about = Map.of("person", user, "attribute", attribute.toText());
        try {
            RegisteredPerson person = approved(hospital, user);
            if (!person.holds(attribute) && person.attributes().size() >= RegisteredPerson.MOST_ATTRIBUTES) {
                throw new InvalidValueException(
                        "attribute", "must not be more than " + RegisteredPerson.MOST_ATTRIBUTES + " of one person");
            }
            hospital.mediator()
                    .giveBackAttribute(
                            realms(hospital), user, attribute, lanes.twin().event(who(), "RESTORE", null, about));
            gain(hospital, user, attribute, about);
            if (hospital.lane() == Lane.ORIGINAL) {
                gain(lanes.twin(), user, attribute, about);
            }
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
        return list().stream()
                .filter(view -> view.name().equals(attribute.toText()))
                .findFirst()
                .orElseThrow(NoSuchAttributeException::new);
    }

    private static RegisteredPerson approved(Hospital hospital, String user)
            throws NoSuchPersonException, GeneralSecurityException {
        return hospital.persons()
                .find(user)
                .filter(known -> known.state() == PersonState.APPROVED)
                .orElseThrow(NoSuchPersonException::new);
    }

    private void gain(Hospital hospital, String user, Attribute attribute, Map<String, String> about)
            throws GeneralSecurityException {
        hospital.persons().gain(user, attribute, hospital.event(who(), "VOUCH", null, about));
        hospital.persons().renew(user);
    }

    /** The newest jobs in which records follow to a new issue, newest first. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public List<JobView> jobs() {
        return board().newest(JOBS_SHOWN);
    }

    /**
     * One job.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView job(UUID id) throws NoSuchJobException {
        return board().job(id);
    }

    /**
     * Stops a job after the piece under way. The attribute stays revoked: what the mediating cloud dropped does not come back.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView stop(UUID id) throws NoSuchJobException {
        return board().stop(id, who());
    }

    /**
     * Lets a stopped job go on.
     *
     * @throws NoSuchJobException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public JobView resume(UUID id) throws NoSuchJobException {
        return board().resume(id, who());
    }

    private Board board() {
        return new Board(lanes.hospital(), Rewrapping.KIND);
    }

    /** What everybody may know of the keys of the caller's hospital. */
    @PermitAll
    public ParametersView parameters() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        Keyring keys = hospital.keys();
        Base64.Encoder text = Base64.getEncoder();
        try {
            PublicParameters parameters = keys.parameters();
            return new ParametersView(
                    "CP-ABE-WATERS11-GHW11",
                    "BLS12-381",
                    text.encodeToString(parameters.encode()),
                    ParametersChangeView.digest(parameters),
                    text.encodeToString(keys.ca().getEncoded()),
                    text.encodeToString(keys.officeKey().certificate().getEncoded()),
                    FormerAuthorityView.of(keys.formerAuthorities(), keys.ca()),
                    OperatorKeyView.of(hospital.keeperKeys()),
                    OperatorKeyView.of(hospital.mediatorKeys()),
                    ParametersChangeView.of(keys).orElse(null));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private Attribute known(Hospital hospital, String name, String user)
            throws NoSuchAttributeException, NoSuchPersonException, GeneralSecurityException {
        Attribute attribute = parsed(name);
        RegisteredPerson person = hospital.persons().find(user).orElseThrow(NoSuchPersonException::new);
        boolean known = person.holds(attribute)
                || Epochs.of(hospital.store()).isRenewed(attribute)
                || hospital.persons().heldAttributes().contains(attribute);
        if (!known) {
            throw new NoSuchAttributeException();
        }
        return attribute;
    }

    private static Attribute parsed(@Nullable String name) throws NoSuchAttributeException {
        try {
            return Attribute.parse(name == null ? "" : name).inEpoch(1);
        } catch (PolicySyntaxException none) {
            throw new NoSuchAttributeException();
        }
    }

    private static Attribute known(String name) {
        try {
            return Attribute.parse(name);
        } catch (PolicySyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In one transaction for both, and in one entry: who reads the twin's log learns of one act, as for an act in the twin. */
    private List<String> realms(Hospital hospital) {
        return hospital.lane() == Lane.ORIGINAL
                ? List.of(hospital.realm(), lanes.twin().realm())
                : List.of(hospital.realm());
    }

    private Credentials who() {
        return caller.credentials();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

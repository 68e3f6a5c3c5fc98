package org.sosia.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.Commission;
import org.sosia.persistence.CommissionState;
import org.sosia.persistence.Job;
import org.sosia.persistence.Mediator;
import org.sosia.persistence.Person;
import org.sosia.persistence.PersonState;
import org.sosia.persistence.StoreConflictException;

/** The people of one hospital, each row sealed for the person it is about. */
public final class Persons {

    private static final String FIELD_KIND = "person";
    private static final int PAGE = 200;

    /** Somebody else changes the same person's row at the same moment: that often in a row it does not happen. */
    private static final int TRIES = 5;

    /** How long an attribute list is believed before a policy is refused for its sake: a fresh look is cheap then. */
    private static final Duration BELIEVED = Duration.ofSeconds(30);

    private final Cloud store;
    private final Mediator mediator;
    private final String realm;
    private final Keyring keys;
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    private record Held(Set<Attribute> attributes, Instant readAt) {}

    /**
     * The people of the hospital with this store and these keys.
     *
     * @param mediator who keeps the persons' transform keys
     * @param realm under which name the mediator keeps this hospital's
     */
    public Persons(Cloud store, Mediator mediator, String realm, Keyring keys) {
        this.store = store;
        this.mediator = mediator;
        this.realm = realm;
        this.keys = keys;
    }

    /** The person with this account, in whatever state. */
    public Optional<RegisteredPerson> find(String subject) throws GeneralSecurityException {
        Optional<Person> row = store.person(subject);
        return row.isEmpty() ? Optional.empty() : Optional.of(opened(row.get()));
    }

    /** Persons by account, after the one given; at most {@code limit}. */
    public List<RegisteredPerson> list(@Nullable String after, int limit) throws GeneralSecurityException {
        List<RegisteredPerson> opened = new ArrayList<>();
        for (Person row : store.persons(after, limit)) {
            opened.add(opened(row));
        }
        return opened;
    }

    /** Seals a person and keeps them, in place of what was known before. */
    public void save(RegisteredPerson person, AuditEvent audit) {
        store.savePerson(sealed(person), audit);
        held.set(null);
    }

    private Person sealed(RegisteredPerson person) {
        byte[] sealed = keys.sealFields(FIELD_KIND, place(person.subject()), 1, person.fields());
        return new Person(person.subject(), person.state(), person.since(), sealed);
    }

    /**
     * Approves a person: makes their keys for the attributes they hold, gives the transform key to the mediating cloud, and keeps
     * the rest sealed. In this order: a crash in between leaves a transform key that nobody can use. Where a council makes keys, it is
     * asked for the transform key instead, and nothing opens for her until it answered.
     *
     * <p>Of somebody who is known here, what was changed since she was looked at stays; and if she is in another state by now, she stays
     * in that.
     *
     * @param seen the person as whoever approves her saw her, or somebody new
     * @return how she is afterwards
     */
    public RegisteredPerson approve(RegisteredPerson seen, Instant now, AuditEvent audit)
            throws GeneralSecurityException {
        Optional<RegisteredPerson> known =
                ofNow(seen.subject(), row -> Optional.of(approved(row, seen.state(), now, audit)));
        if (known.isPresent()) {
            return known.get();
        }
        RegisteredPerson approved = withRetrievalKey(seen).in(PersonState.APPROVED, now);
        handOver(approved, now);
        save(approved, audit);
        return approved;
    }

    private RegisteredPerson approved(Person row, PersonState seen, Instant now, AuditEvent audit)
            throws GeneralSecurityException {
        RegisteredPerson person = opened(row);
        if (person.state() == PersonState.APPROVED) {
            // By somebody else at this moment: the last key handed over must be hers, whoever handed it over.
            handOver(person, now);
            return person;
        }
        if (person.state() != seen) {
            mediator.revoke(realm, person.subject());
            return person;
        }
        RegisteredPerson approved = withRetrievalKey(person).in(PersonState.APPROVED, now);
        handOver(approved, now);
        store.replacePerson(row, sealed(approved), audit);
        return approved;
    }

    private void handOver(RegisteredPerson approved, Instant now) throws GeneralSecurityException {
        RetrievalImage image = image(approved);
        Set<Attribute> vouched = Epochs.of(store).held(approved.attributes());
        if (keys.council().isPresent()) {
            place(approved.subject(), KeyReason.FIRST, KeyOrder.of(image, vouched, "", null), now);
        } else {
            keep(approved.subject(), issued(image, vouched));
        }
    }

    private void keep(String subject, List<IssuedKey> issued) {
        for (IssuedKey each : issued) {
            mediator.keepTransformKey(
                    realm, subject, each.parameters().digest(), each.key().encode());
        }
    }

    private static RegisteredPerson withRetrievalKey(RegisteredPerson person) {
        PersonKey own = person.personKey().orElseGet(PersonKey::generate);
        return person.keepsHerKey() ? person : person.withKeys(RetrievalKey.generate(), own);
    }

    /** What the retrieval key of an approved person looks like from outside. */
    private RetrievalImage image(RegisteredPerson person) throws GeneralSecurityException {
        if (person.image().isPresent()) {
            return person.image().get();
        }
        return person.retrievalKey()
                .orElseThrow(() -> new GeneralSecurityException("an approved person without a retrieval key"))
                .image(keys.parameters());
    }

    /** What the retrieval key of the person with this account looks like; empty if she has none. */
    public Optional<RetrievalImage> imageOf(String subject) throws GeneralSecurityException {
        RegisteredPerson person = find(subject).orElse(null);
        boolean has =
                person != null && (person.keepsHerKey() || person.retrievalKey().isPresent());
        return person != null && has ? Optional.of(image(person)) : Optional.empty();
    }

    /**
     * Issues an approved person's transform key anew for the retrieval key that she has, with every issue in use of what she holds
     * now. There is nothing for her to do. Somebody who is not approved has no key, and gets none.
     *
     * @return whether her key is as it should be; false while a council has still to make it
     */
    public boolean renew(String subject) throws GeneralSecurityException {
        Optional<Person> row = store.person(subject);
        boolean inPlace = true;
        boolean changed = true;
        while (changed && row.isPresent()) {
            inPlace = renew(opened(row.get()));
            // Whatever became of her meanwhile, the last key handed over must be of her as she is.
            Optional<Person> after = store.person(subject);
            changed = after.isPresent()
                    && !Arrays.equals(row.get().sealed(), after.get().sealed());
            row = after;
        }
        return inPlace;
    }

    private boolean renew(RegisteredPerson person) throws GeneralSecurityException {
        if (person.state() != PersonState.APPROVED) {
            return true;
        }
        Set<Attribute> vouched = Epochs.of(store).held(person.attributes());
        if (keys.council().isPresent()) {
            return isCommissioned(person, vouched);
        }
        renewed(person.subject(), issued(image(person), vouched));
        return true;
    }

    /** A key under each master key in use. */
    private List<IssuedKey> issued(RetrievalImage image, Set<Attribute> vouched) throws GeneralSecurityException {
        List<IssuedKey> all = new ArrayList<>();
        for (MasterSecretKey master : keys.masters()) {
            all.add(new IssuedKey(master.publicParameters(), master.issue(image, vouched)));
        }
        return all;
    }

    /** Hands keys over for somebody who has some. Says whether the mediator took them. */
    private boolean renewed(String subject, List<IssuedKey> issued) {
        boolean taken = true;
        for (IssuedKey each : issued) {
            taken &= mediator.renewTransformKey(
                    realm, subject, each.parameters().digest(), each.key().encode());
        }
        return taken;
    }

    /**
     * Gives an approved person a transform key under the master key that is to take the present one's place, beside the one that she has. There is
     * nothing for her to do, also if she keeps her retrieval key herself.
     *
     * @return whether she is approved
     */
    public boolean followMaster(String subject, AuditEvent audit) throws GeneralSecurityException {
        renew(subject);
        Optional<RegisteredPerson> person = find(subject).filter(known -> known.state() == PersonState.APPROVED);
        if (person.isPresent() && person.get().keepsHerKey()) {
            change(subject, this::withNewestImage, audit);
        }
        return person.isPresent();
    }

    /** Whoever makes keys later must know what her own key looks like under the master key that there is then. */
    private RegisteredPerson withNewestImage(RegisteredPerson person) throws GeneralSecurityException {
        return person.image().isPresent()
                ? person.withImage(keys.newest(person.image().get()))
                : person;
    }

    /** Asks the council for a key with these attributes, unless the last one it made is for them. Says whether it is. */
    private boolean isCommissioned(RegisteredPerson person, Set<Attribute> vouched) throws GeneralSecurityException {
        String subject = person.subject();
        Optional<Commission> waiting = newest(subject, CommissionState.WAITING);
        if (waiting.isPresent()) {
            KeyOrder order = KeyOrder.open(keys, waiting.get());
            if (!order.attributes().equals(vouched)) {
                place(
                        subject,
                        KeyReason.valueOf(waiting.get().kind()),
                        order.forAttributes(vouched),
                        waiting.get().createdAt());
            }
            return false;
        }
        Optional<Commission> issued = newest(subject, CommissionState.ISSUED);
        if (issued.isPresent() && KeyOrder.open(keys, issued.get()).attributes().equals(vouched)) {
            return true;
        }
        place(subject, KeyReason.RENEWAL, KeyOrder.of(image(person), vouched, "", null), now());
        return false;
    }

    private Optional<Commission> newest(String subject, CommissionState state) {
        return store.commissions(subject, state, 1).stream().findFirst();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private void place(String subject, KeyReason reason, KeyOrder order, Instant now) {
        UUID id = UUID.randomUUID();
        store.placeCommission(Commission.waiting(id, subject, reason.name(), now, order.seal(keys, id)));
    }

    /**
     * Gives an approved person, whose retrieval key the hospital keeps, another one, and the mediating cloud the transform key that goes with
     * it. A crash in between leaves her without until this is done again.
     *
     * @return whether she has another key now; false for who has none, keeps it herself, or is refused by the mediator
     */
    public boolean nextRetrievalKey(String subject, AuditEvent audit) throws GeneralSecurityException {
        RegisteredPerson person = find(subject).orElse(null);
        if (person == null
                || person.state() != PersonState.APPROVED
                || person.retrievalKey().isEmpty()) {
            return false;
        }
        RetrievalKey next = RetrievalKey.generate();
        Set<Attribute> vouched = Epochs.of(store).held(person.attributes());
        if (!renewed(subject, issued(next.image(keys.parameters()), vouched))) {
            return false;
        }
        return change(subject, now -> now.withKeys(next, now.personKey().orElseGet(PersonKey::generate)), audit)
                .isPresent();
    }

    /**
     * Gives an approved person another key that secrets are sealed to. What was sealed to the one before opens as before, until {@link
     * #forgetFormerKeys}.
     *
     * @return whether she had one
     */
    public boolean nextPersonKey(String subject, AuditEvent audit) throws GeneralSecurityException {
        RegisteredPerson person = find(subject).orElse(null);
        if (person == null
                || person.state() != PersonState.APPROVED
                || person.personKey().isEmpty()) {
            return false;
        }
        return change(subject, now -> now.withPersonKey(PersonKey.generate()), audit)
                .isPresent();
    }

    /** Forgets the keys that a person had before the present one: whatever is still sealed to them opens for nobody from then on. */
    public void forgetFormerKeys(String subject, AuditEvent audit) throws GeneralSecurityException {
        change(subject, RegisteredPerson::withoutFormerKeys, audit);
    }

    /**
     * Asks for another key for a person: in the place of the retrieval key that she lost, one that she or the hospital drew.
     *
     * @param chosen what her new key looks like, verified; null if the hospital is to draw and keep it
     * @param note what she said
     * @return the id of the commission
     */
    public UUID commissionRecovery(RegisteredPerson person, @Nullable RetrievalImage chosen, String note, Instant now)
            throws GeneralSecurityException {
        RetrievalKey drawn = chosen == null ? RetrievalKey.generate() : null;
        RetrievalImage image = drawn == null ? Objects.requireNonNull(chosen) : drawn.image(keys.parameters());
        if (image.isOfSameKey(image(person))) {
            throw new GeneralSecurityException("the new retrieval key is the old one");
        }
        Set<Attribute> vouched = Epochs.of(store).held(person.attributes());
        UUID id = UUID.randomUUID();
        byte[] sealed = KeyOrder.of(image, vouched, note, drawn).seal(keys, id);
        store.placeCommission(Commission.waiting(id, person.subject(), KeyReason.RECOVERY.name(), now, sealed));
        return id;
    }

    /** Whether an order still says what the person is entitled to; if not, another one has taken its place. */
    public boolean isCurrent(Commission commission, KeyOrder order) throws GeneralSecurityException {
        Optional<RegisteredPerson> person = find(commission.subject());
        if (person.isEmpty() || person.get().state() != PersonState.APPROVED) {
            return false;
        }
        if (order.attributes().equals(Epochs.of(store).held(person.get().attributes()))) {
            return true;
        }
        if (keys.council().isPresent()) {
            renew(commission.subject());
        } else {
            KeyOrder now =
                    order.forAttributes(Epochs.of(store).held(person.get().attributes()));
            place(commission.subject(), KeyReason.valueOf(commission.kind()), now, commission.createdAt());
        }
        return false;
    }

    /** The transform keys that the hospital itself makes for an order: one under each of its master keys. */
    public List<IssuedKey> made(KeyOrder order) throws GeneralSecurityException {
        return issued(order.image(), order.attributes());
    }

    /**
     * Hands the transform keys that were made for an order to the mediating cloud. For a recovery the person has another retrieval key from
     * then on, and with the old one nothing opens, whoever has it: the cloud replaces the transform key first.
     *
     * @return false, and nothing is changed, if she is not entitled to it any more
     */
    public boolean deliver(Commission commission, KeyOrder order, List<IssuedKey> made, AuditEvent audit)
            throws GeneralSecurityException {
        String subject = commission.subject();
        RegisteredPerson person = find(subject).orElse(null);
        KeyReason reason = KeyReason.valueOf(commission.kind());
        boolean entitled = person != null
                && person.state() == PersonState.APPROVED
                && (reason == KeyReason.RECOVERY || order.image().isOfSameKey(image(person)));
        if (person == null || !entitled) {
            return false;
        }
        if (reason == KeyReason.FIRST) {
            keep(subject, made);
        } else if (!renewed(subject, made)) {
            return false;
        }
        if (reason == KeyReason.RECOVERY) {
            change(subject, now -> withNewestImage(order.applied(now)), audit);
        }
        if (find(subject).filter(now -> now.state() == PersonState.APPROVED).isEmpty()) {
            // Taken out at this very moment: what was handed over last must not stay.
            mediator.revoke(realm, subject);
            return false;
        }
        return true;
    }

    /**
     * Takes an attribute from a person, and begins its next issue in the same transaction.
     *
     * @param job that will lead there
     * @return the job; empty, and nothing is changed, if she does not hold the attribute
     */
    public Optional<Job> lose(String subject, Attribute attribute, Job job, AuditEvent audit)
            throws GeneralSecurityException {
        return ofNow(subject, row -> {
            RegisteredPerson person = opened(row);
            return person.holds(attribute)
                    ? Optional.of(store.beginIssue(attribute, row, sealed(person.without(attribute)), job, audit))
                    : Optional.empty();
        });
    }

    /** Vouches for one thing more of a person. Her key follows with {@link #renew}. */
    public void gain(String subject, Attribute attribute, AuditEvent audit) throws GeneralSecurityException {
        change(subject, person -> person.with(attribute), audit);
    }

    /** Lets a person's account stand for a patient, too. */
    public void link(String subject, UUID patient, AuditEvent audit) throws GeneralSecurityException {
        change(subject, person -> person.linkedTo(patient), audit);
    }

    /**
     * Takes a person out: the mediating cloud drops the transform key first, so that nothing opens from then on.
     *
     * @return how she is afterwards; empty if nobody is known under this account
     */
    public Optional<RegisteredPerson> disable(String subject, Instant now, AuditEvent audit)
            throws GeneralSecurityException {
        mediator.revoke(realm, subject);
        Optional<RegisteredPerson> disabled = change(subject, person -> person.in(PersonState.DISABLED, now), audit);
        // Whoever approved her at this very moment may have handed over a key in between.
        mediator.revoke(realm, subject);
        return disabled;
    }

    /** What becomes of a person. */
    @FunctionalInterface
    private interface Alteration {
        RegisteredPerson apply(RegisteredPerson person) throws GeneralSecurityException;
    }

    private Optional<RegisteredPerson> change(String subject, Alteration change, AuditEvent audit)
            throws GeneralSecurityException {
        return ofNow(subject, row -> {
            RegisteredPerson changed = change.apply(opened(row));
            store.replacePerson(row, sealed(changed), audit);
            return Optional.of(changed);
        });
    }

    /** What is made of a person's row, and kept only if the row is still the one it was made of. */
    @FunctionalInterface
    private interface Change<T> {
        Optional<T> of(Person row) throws GeneralSecurityException;
    }

    /** Changes a person as she is now: what somebody else changed meanwhile stays so. Empty if nobody is known under this account. */
    private <T> Optional<T> ofNow(String subject, Change<T> change) throws GeneralSecurityException {
        for (int tries = 1; ; tries++) {
            Optional<Person> row = store.person(subject);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            try {
                Optional<T> made = change.of(row.get());
                held.set(null);
                return made;
            } catch (StoreConflictException changedMeanwhile) {
                if (tries == TRIES) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    /** Every attribute that some approved person holds, each in its first issue. */
    public Set<Attribute> heldAttributes() throws GeneralSecurityException {
        Set<Attribute> all = new HashSet<>();
        String after = null;
        List<RegisteredPerson> page;
        do {
            page = list(after, PAGE);
            for (RegisteredPerson person : page) {
                if (person.state() == PersonState.APPROVED) {
                    all.addAll(person.attributes());
                }
                after = person.subject();
            }
        } while (page.size() == PAGE);
        held.set(new Held(Set.copyOf(all), Instant.now()));
        return all;
    }

    /** The first attribute of these that nobody holds, in whatever issue. */
    public Optional<Attribute> unheld(Set<Attribute> named) throws GeneralSecurityException {
        Set<Attribute> wanted =
                named.stream().map(attribute -> attribute.inEpoch(1)).collect(Collectors.toUnmodifiableSet());
        Held known = held.get();
        if (known != null
                && known.readAt().isAfter(Instant.now().minus(BELIEVED))
                && known.attributes().containsAll(wanted)) {
            return Optional.empty();
        }
        Set<Attribute> now = heldAttributes();
        return wanted.stream().filter(attribute -> !now.contains(attribute)).findFirst();
    }

    private RegisteredPerson opened(Person row) throws GeneralSecurityException {
        return RegisteredPerson.of(
                row.subject(),
                row.state(),
                row.since(),
                keys.openFields(FIELD_KIND, place(row.subject()), 1, row.sealed()));
    }

    /** Accounts are text; a field's place is an id. */
    private static UUID place(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8));
    }
}

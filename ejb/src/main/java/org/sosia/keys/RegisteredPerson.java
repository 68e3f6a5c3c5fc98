package org.sosia.keys;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.persistence.PersonState;

/**
 * A person as one hospital knows them: what they may act as, what is vouched for, and, once approved, their keys.
 *
 * <p>Immutable; each change gives a new value, which {@link Persons#save} seals.
 */
public final class RegisteredPerson implements SecretMaterial {

    /**
     * The most that is vouched for of one person: nobody can review more, a policy has no more rows either, and in all the issues that are
     * in use at once they are fewer than a key can hold.
     */
    public static final int MOST_ATTRIBUTES = 50;

    /** As many rotations as may come before whatever was sealed to the oldest of them has ended. */
    private static final int MOST_FORMER_KEYS = 12;

    private final String subject;
    private final PersonState state;
    private final Instant since;
    private final Standing standing;
    private final Keys keys;

    private RegisteredPerson(String subject, PersonState state, Instant since, Standing standing, Keys keys) {
        this.subject = subject;
        this.state = state;
        this.since = since;
        this.standing = standing;
        this.keys = keys;
    }

    /** What is said of her, and by whom. */
    private record Standing(
            String name,
            Set<String> roles,
            Set<Attribute> attributes,
            Set<UUID> patients,
            @Nullable String registrant) {

        Standing {
            roles = Set.copyOf(roles);
            attributes =
                    attributes.stream().map(attribute -> attribute.inEpoch(1)).collect(Collectors.toUnmodifiableSet());
            patients = Set.copyOf(patients);
        }

        Standing with(Set<Attribute> others) {
            return new Standing(name, roles, others, patients, registrant);
        }
    }

    /** Her keys; none before she is approved. */
    private record Keys(
            @Nullable RetrievalKey retrieval,
            @Nullable RetrievalImage image,
            @Nullable PersonKey own,
            List<PersonKey> former) {

        static final Keys NONE = new Keys(null, null, null, List.of());

        Keys {
            former = List.copyOf(former);
        }
    }

    /** Somebody who registers, waits for approval and has no keys yet. */
    public static RegisteredPerson pending(
            String subject,
            Instant since,
            String name,
            Set<String> roles,
            Set<Attribute> attributes,
            Set<UUID> patients) {
        return new RegisteredPerson(
                subject, PersonState.PENDING, since, new Standing(name, roles, attributes, patients, null), Keys.NONE);
    }

    private RegisteredPerson with(Standing other) {
        return new RegisteredPerson(subject, state, since, other, keys);
    }

    private RegisteredPerson with(Keys others) {
        return new RegisteredPerson(subject, state, since, standing, others);
    }

    public String subject() {
        return subject;
    }

    public PersonState state() {
        return state;
    }

    /** Since when the person is in this state. */
    public Instant since() {
        return since;
    }

    public String name() {
        return standing.name();
    }

    public Set<String> roles() {
        return standing.roles();
    }

    /** What is vouched for, in whatever issue: all of them are in the first here. */
    public Set<Attribute> attributes() {
        return standing.attributes();
    }

    /** The patients this person's account stands for. */
    public Set<UUID> patients() {
        return standing.patients();
    }

    /** What finishes the transformation of the mediating cloud; empty until the person is approved, or if she keeps it herself. */
    public Optional<RetrievalKey> retrievalKey() {
        return Optional.ofNullable(keys.retrieval());
    }

    /** What the retrieval key looks like from outside, of a person who keeps that key herself. */
    public Optional<RetrievalImage> image() {
        return Optional.ofNullable(keys.image());
    }

    /** Whether nobody but the person has her retrieval key: she shows it for a session in which she opens records. */
    public boolean keepsHerKey() {
        return keys.image() != null;
    }

    /** What partial keys are sealed to; empty until the person is approved. */
    public Optional<PersonKey> personKey() {
        return Optional.ofNullable(keys.own());
    }

    /** The account of who registered her, who must not be the one who approves; empty for whoever was there from the start. */
    public Optional<String> registrant() {
        return Optional.ofNullable(standing.registrant());
    }

    /** The same person, registered by somebody with this account. */
    public RegisteredPerson registeredBy(@Nullable String account) {
        return with(
                new Standing(standing.name(), standing.roles(), standing.attributes(), standing.patients(), account));
    }

    /**
     * What opens what was sealed for her, the newest first: beside {@link #personKey} those that she had before, as long as something may still
     * be sealed to them. Empty until she is approved.
     */
    public List<PersonKey> personKeys() {
        List<PersonKey> all = new ArrayList<>();
        personKey().ifPresent(all::add);
        all.addAll(keys.former());
        return all;
    }

    /** Whether something may still be sealed to a key that she had before. */
    public boolean hasFormerKeys() {
        return !keys.former().isEmpty();
    }

    /** The same person with another key that secrets are sealed to from now on. */
    RegisteredPerson withPersonKey(PersonKey next) {
        List<PersonKey> former = personKeys();
        return with(new Keys(
                keys.retrieval(), keys.image(), next, former.subList(0, Math.min(former.size(), MOST_FORMER_KEYS))));
    }

    /** The same person, to whose former keys nothing is sealed any more. */
    RegisteredPerson withoutFormerKeys() {
        return with(new Keys(keys.retrieval(), keys.image(), keys.own(), List.of()));
    }

    /** Whether the person may act in this role now. */
    public boolean mayActAs(String role) {
        return state == PersonState.APPROVED && standing.roles().contains(role);
    }

    /** The same person in another state. */
    public RegisteredPerson in(PersonState other, Instant from) {
        return new RegisteredPerson(subject, other, from, standing, keys);
    }

    /** The same person, whose account also stands for this patient. */
    public RegisteredPerson linkedTo(UUID patient) {
        Set<UUID> more = new LinkedHashSet<>(standing.patients());
        more.add(patient);
        return with(
                new Standing(standing.name(), standing.roles(), standing.attributes(), more, standing.registrant()));
    }

    /** The same person, vouched for one thing less. */
    RegisteredPerson without(Attribute attribute) {
        Set<Attribute> fewer = new LinkedHashSet<>(standing.attributes());
        fewer.remove(attribute.inEpoch(1));
        return with(standing.with(fewer));
    }

    /** The same person, vouched for one thing more. */
    RegisteredPerson with(Attribute attribute) {
        Set<Attribute> more = new LinkedHashSet<>(standing.attributes());
        more.add(attribute);
        return with(standing.with(more));
    }

    /** Whether this attribute, in whatever issue, is vouched for. */
    public boolean holds(Attribute attribute) {
        return standing.attributes().contains(attribute.inEpoch(1));
    }

    RegisteredPerson withKeys(RetrievalKey z, PersonKey own) {
        return with(new Keys(z, null, own, keys.former()));
    }

    /** The same person, whose retrieval key nobody but she has. */
    RegisteredPerson withImage(RetrievalImage ofHers) {
        return with(new Keys(null, ofHers, keys.own(), keys.former()));
    }

    JsonObject fields() {
        var fields = Json.createObjectBuilder()
                .add("name", standing.name())
                .add("state", state.name())
                .add("roles", array(standing.roles()))
                .add(
                        "attributes",
                        array(standing.attributes().stream()
                                .map(Attribute::toText)
                                .toList()))
                .add(
                        "patients",
                        array(standing.patients().stream().map(UUID::toString).toList()));
        if (hasFormerKeys()) {
            fields.add(
                    "former",
                    Json.createArrayBuilder(keys.former().stream()
                            .map(key -> text(key.encode()))
                            .toList()));
        }
        registrant().ifPresent(account -> fields.add("registrant", account));
        retrievalKey().ifPresent(z -> fields.add("z", text(z.encode())));
        image().ifPresent(shown -> fields.add("image", Base64.getEncoder().encodeToString(shown.encode())));
        personKey().ifPresent(own -> fields.add("own", text(own.encode())));
        return fields.build();
    }

    static RegisteredPerson of(String subject, PersonState state, Instant since, JsonObject fields)
            throws GeneralSecurityException {
        // Its store reads the state and must not set it. Persons of before this was sealed have none in it.
        if (!fields.getString("state", state.name()).equals(state.name())) {
            throw new GeneralSecurityException("a person's state is not what was sealed");
        }
        Set<Attribute> attributes = new LinkedHashSet<>();
        for (String text : strings(fields, "attributes", Function.identity())) {
            try {
                attributes.add(Attribute.parse(text));
            } catch (PolicySyntaxException notOurs) {
                throw new GeneralSecurityException("a registered attribute cannot be read", notOurs);
            }
        }
        return new RegisteredPerson(
                subject,
                state,
                since,
                new Standing(
                        fields.getString("name"),
                        strings(fields, "roles", Function.identity()),
                        attributes,
                        strings(fields, "patients", UUID::fromString),
                        fields.getString("registrant", null)),
                new Keys(
                        fields.containsKey("z") ? RetrievalKey.decode(secret(fields.getString("z"))) : null,
                        fields.containsKey("image")
                                ? RetrievalImage.decode(Base64.getDecoder().decode(fields.getString("image")))
                                : null,
                        fields.containsKey("own") ? PersonKey.decode(secret(fields.getString("own"))) : null,
                        formerKeys(fields)));
    }

    private static List<PersonKey> formerKeys(JsonObject fields) throws GeneralSecurityException {
        List<PersonKey> former = new ArrayList<>();
        if (fields.containsKey("former")) {
            for (JsonString text : fields.getJsonArray("former").getValuesAs(JsonString.class)) {
                former.add(PersonKey.decode(secret(text.getString())));
            }
        }
        return former;
    }

    private static JsonArrayBuilder array(Collection<String> texts) {
        return Json.createArrayBuilder(new TreeSet<>(texts));
    }

    private static <T> Set<T> strings(JsonObject fields, String name, Function<String, T> read) {
        Set<T> values = new LinkedHashSet<>();
        for (JsonString text : fields.getJsonArray(name).getValuesAs(JsonString.class)) {
            values.add(read.apply(text.getString()));
        }
        return values;
    }

    private static String text(SecretBytes secret) {
        byte[] bytes = secret.exposeSecretBytes();
        String text = Base64.getEncoder().encodeToString(bytes);
        Arrays.fill(bytes, (byte) 0);
        return text;
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.copyOf(Base64.getDecoder().decode(text));
    }

    @Override
    public String toString() {
        return "RegisteredPerson[" + subject + "]";
    }
}

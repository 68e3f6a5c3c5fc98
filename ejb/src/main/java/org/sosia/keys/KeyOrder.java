package org.sosia.keys;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.persistence.Commission;

/**
 * What a commission says that its store must not read: for which retrieval key the transform key is to be made, and for which attributes.
 *
 * <p>Immutable. Holds the retrieval key itself only where the hospital keeps it for the person; an authority never sees more than the image.
 */
public final class KeyOrder implements SecretMaterial {
    private static final String FIELD_KIND = "commission";

    private final RetrievalImage image;
    private final Set<Attribute> attributes;
    private final String note;
    private final @Nullable RetrievalKey kept;
    private final @Nullable JsonObject outcome;

    private KeyOrder(
            RetrievalImage image,
            Set<Attribute> attributes,
            String note,
            @Nullable RetrievalKey kept,
            @Nullable JsonObject outcome) {
        this.image = image;
        this.attributes = Set.copyOf(attributes);
        this.note = note;
        this.kept = kept;
        this.outcome = outcome;
    }

    /**
     * An order.
     *
     * @param image of the retrieval key, verified
     * @param attributes the key is to be for, each in its issue
     * @param note what the person said
     * @param kept the retrieval key, if the hospital keeps it for her and does not have it yet
     */
    public static KeyOrder of(
            RetrievalImage image, Set<Attribute> attributes, String note, @Nullable RetrievalKey kept) {
        return new KeyOrder(image, attributes, note, kept, null);
    }

    /** The same order for other attributes. */
    KeyOrder forAttributes(Set<Attribute> others) {
        return new KeyOrder(image, others, note, kept, null);
    }

    /** What is kept of it once it was decided: no key, and what came of it. */
    public KeyOrder decided(JsonObject came) {
        return new KeyOrder(image, attributes, note, null, came);
    }

    public RetrievalImage image() {
        return image;
    }

    /** Each in its issue. */
    public Set<Attribute> attributes() {
        return attributes;
    }

    public String note() {
        return note;
    }

    /** A person as she is once a recovery was issued: with the key that the hospital drew for her, or with none but its image. */
    RegisteredPerson applied(RegisteredPerson person) {
        return kept == null
                ? person.withImage(image)
                : person.withKeys(kept, person.personKey().orElseGet(PersonKey::generate));
    }

    /** Whether the person, and not the hospital, will have the retrieval key. */
    public boolean isForHerOwnKeeping() {
        return kept == null;
    }

    /** What came of it. */
    public Optional<JsonObject> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Seals it for the commission it belongs to. */
    public byte[] seal(Keyring keys, UUID commission) {
        JsonArrayBuilder names = Json.createArrayBuilder(
                attributes.stream().map(Attribute::toText).collect(Collectors.toCollection(TreeSet::new)));
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("image", Base64.getEncoder().encodeToString(image.encode()))
                .add("attributes", names)
                .add("note", note);
        if (kept != null) {
            byte[] exposed = kept.encode().exposeSecretBytes();
            fields.add("z", Base64.getEncoder().encodeToString(exposed));
            Arrays.fill(exposed, (byte) 0);
        }
        if (outcome != null) {
            fields.add("outcome", outcome);
        }
        return keys.sealFields(FIELD_KIND, commission, 1, fields.build());
    }

    /**
     * Opens what a commission says.
     *
     * @throws GeneralSecurityException if the store returned something else than was sealed for it
     */
    public static KeyOrder open(Keyring keys, Commission commission) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, commission.id(), 1, commission.sealed());
        Set<Attribute> attributes = new LinkedHashSet<>();
        for (JsonString text : fields.getJsonArray("attributes").getValuesAs(JsonString.class)) {
            try {
                attributes.add(Attribute.parse(text.getString()));
            } catch (PolicySyntaxException notOurs) {
                throw new GeneralSecurityException("an ordered attribute cannot be read", notOurs);
            }
        }
        String z = fields.getString("z", "");
        return new KeyOrder(
                RetrievalImage.decode(Base64.getDecoder().decode(fields.getString("image"))),
                attributes,
                fields.getString("note"),
                z.isEmpty()
                        ? null
                        : RetrievalKey.decode(
                                SecretBytes.copyOf(Base64.getDecoder().decode(z))),
                fields.getJsonObject("outcome"));
    }

    @Override
    public String toString() {
        return "KeyOrder[secret]";
    }
}

package org.sosia.registration;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.identity.Roles;

/**
 * The file with the persons who are there from the first start.
 *
 * <p><b>Shape.</b> JSON: <code>{"persons": [{"subject", "name", "roles": […], "attributes": […], "patients": […]}, …]}</code>. Attributes
 * and patients may be missing. Anything else is refused as a whole, with the person and the field named.
 */
final class BootstrapFile {

    /** One person of the file. */
    record Entry(String subject, String name, Set<String> roles, Set<Attribute> attributes, Set<UUID> patients) {}

    /** The file cannot be used; the operator who wrote it meets this in the log. */
    static final class UnusableException extends Exception {
        UnusableException(String why) {
            super(why);
        }

        UnusableException(String why, Throwable cause) {
            super(why, cause);
        }
    }

    private BootstrapFile() {}

    static List<Entry> read(Path file) throws UnusableException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = Json.createReader(text)) {
            List<Entry> entries = new ArrayList<>();
            for (JsonValue person : persons(json.read())) {
                entries.add(entry(person.asJsonObject()));
            }
            return entries;
        } catch (IOException | JsonException | ClassCastException unreadable) {
            throw new UnusableException("the file of first persons cannot be read: " + file, unreadable);
        }
    }

    private static JsonArray persons(JsonStructure file) throws UnusableException {
        if (file instanceof JsonArray persons) {
            return persons;
        }
        if (file instanceof JsonObject object && object.containsKey("persons")) {
            return object.getJsonArray("persons");
        }
        throw new UnusableException("the file of first persons has no member persons");
    }

    private static Entry entry(JsonObject person) throws UnusableException {
        String subject = person.getString("subject", "");
        if (subject.isBlank()) {
            throw new UnusableException("a person without subject");
        }
        Set<String> roles = texts(person, "roles");
        if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
            throw new UnusableException("unknown or missing roles of " + subject);
        }
        try {
            return new Entry(subject, person.getString("name", subject), roles, attributes(person), patients(person));
        } catch (PolicySyntaxException | IllegalArgumentException malformed) {
            throw new UnusableException("malformed attributes or patients of " + subject, malformed);
        }
    }

    private static Set<Attribute> attributes(JsonObject person) throws PolicySyntaxException {
        Set<Attribute> attributes = new LinkedHashSet<>();
        for (String text : texts(person, "attributes")) {
            attributes.add(Attribute.parse(text));
        }
        return attributes;
    }

    private static Set<UUID> patients(JsonObject person) {
        Set<UUID> patients = new LinkedHashSet<>();
        for (String text : texts(person, "patients")) {
            patients.add(UUID.fromString(text));
        }
        return patients;
    }

    private static Set<String> texts(JsonObject person, String member) {
        Set<String> texts = new LinkedHashSet<>();
        if (person.containsKey(member)) {
            for (JsonString text : person.getJsonArray(member).getValuesAs(JsonString.class)) {
                texts.add(text.getString());
            }
        }
        return texts;
    }
}

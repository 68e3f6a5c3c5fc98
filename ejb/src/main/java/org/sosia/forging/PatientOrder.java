package org.sosia.forging;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the maker is told about a patient.
 *
 * @param patient the id, which both hospitals share
 * @param owner the data owner
 * @param account the identity provider's id of the patient's own account, if there is one
 * @param createdAt when the patient was registered
 * @param locale language and country in which the hospital writes
 */
public record PatientOrder(
        UUID patient, String owner, @Nullable String account, Instant createdAt, Locale locale) {

    JsonObject fields() {
        var fields = Json.createObjectBuilder()
                .add("patient", patient.toString())
                .add("owner", owner)
                .add("createdAt", createdAt.toString())
                .add("locale", locale.toLanguageTag());
        if (account != null) {
            fields.add("account", account);
        }
        return fields.build();
    }

    static PatientOrder of(JsonObject fields) {
        return new PatientOrder(
                UUID.fromString(fields.getString("patient")),
                fields.getString("owner"),
                fields.getString("account", null),
                Instant.parse(fields.getString("createdAt")),
                Locale.forLanguageTag(fields.getString("locale")));
    }
}

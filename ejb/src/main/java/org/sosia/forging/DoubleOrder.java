package org.sosia.forging;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.decoy.DecoySpec;
import org.sosia.records.Sensitivity;

/**
 * What the maker is told about a record.
 *
 * @param spec what its double is made from
 * @param owner its data owner
 * @param policy its policy, which stands in clear in either header
 * @param sensitivity how sensitive its owner considers it
 * @param createdAt when it was handed in
 */
public record DoubleOrder(
        DecoySpec spec, String owner, AccessPolicy policy, Sensitivity sensitivity, Instant createdAt) {

    JsonObject fields() {
        Base64.Encoder text = Base64.getEncoder();
        return Json.createObjectBuilder()
                .add("spec", text.encodeToString(spec.encode()))
                .add("owner", owner)
                .add("policy", text.encodeToString(policy.canonical()))
                .add("sensitivity", sensitivity.name())
                .add("createdAt", createdAt.toString())
                .build();
    }

    static DoubleOrder of(JsonObject fields) throws GeneralSecurityException {
        Base64.Decoder bytes = Base64.getDecoder();
        return new DoubleOrder(
                DecoySpec.decode(bytes.decode(fields.getString("spec"))),
                fields.getString("owner"),
                AccessPolicy.decode(bytes.decode(fields.getString("policy"))),
                Sensitivity.valueOf(fields.getString("sensitivity")),
                Instant.parse(fields.getString("createdAt")));
    }
}

package org.sosia.emergency;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.reencryption.TrusteeAnswer;
import org.sosia.keys.Keyring;
import org.sosia.persistence.PleaAnswer;

/** The partial answers of trustees, one for each record, sealed for the plea that they belong to. */
final class Answers {
    private static final String FIELD_KIND = "plea-part";

    private Answers() {}

    static byte[] seal(Keyring keys, UUID plea, Map<UUID, TrusteeAnswer> byRecord) {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        byRecord.forEach((record, answer) ->
                fields.add(record.toString(), Base64.getEncoder().encodeToString(answer.encode())));
        return keys.sealFields(FIELD_KIND, plea, 1, fields.build());
    }

    /** What was answered for one record; an answer of another plea does not open here. */
    static List<TrusteeAnswer> of(Keyring keys, UUID plea, UUID record, List<PleaAnswer> given)
            throws GeneralSecurityException {
        List<TrusteeAnswer> answers = new ArrayList<>();
        for (PleaAnswer each : given) {
            JsonObject fields = keys.openFields(FIELD_KIND, plea, 1, each.sealed());
            String text = fields.getString(record.toString(), "");
            if (!text.isEmpty()) {
                answers.add(TrusteeAnswer.decode(Base64.getDecoder().decode(text)));
            }
        }
        return answers;
    }
}

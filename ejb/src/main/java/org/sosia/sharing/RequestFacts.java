package org.sosia.sharing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.Keyring;
import org.sosia.persistence.AccessRequest;

/**
 * What a request says that its store must not read.
 *
 * @param purpose what for
 * @param note the requester's own words
 * @param requesterName her name
 * @param reason the owner's words when she denied, or null
 * @param handover how the partial key was handed over, or null before approval
 * @param referredBy who referred the requester to the record without being asked, by name; or null
 */
record RequestFacts(
        Purpose purpose,
        String note,
        String requesterName,
        @Nullable String reason,
        @Nullable Handover handover,
        @Nullable String referredBy) {
    private static final String FIELD_KIND = "ask";

    RequestFacts denied(String why) {
        return new RequestFacts(purpose, note, requesterName, why, null, referredBy);
    }

    RequestFacts approved(Handover how) {
        return new RequestFacts(purpose, note, requesterName, null, how, referredBy);
    }

    byte[] seal(Keyring keys, UUID request) {
        var fields = Json.createObjectBuilder()
                .add("purpose", purpose.name())
                .add("note", note)
                .add("name", requesterName);
        if (reason != null) {
            fields.add("reason", reason);
        }
        if (handover != null) {
            fields.add("handover", handover.name());
        }
        if (referredBy != null) {
            fields.add("by", referredBy);
        }
        return keys.sealFields(FIELD_KIND, request, 1, fields.build());
    }

    static RequestFacts open(Keyring keys, AccessRequest request) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, request.id(), 1, request.sealed());
        return new RequestFacts(
                Purpose.valueOf(fields.getString("purpose")),
                fields.getString("note"),
                fields.getString("name"),
                fields.getString("reason", null),
                fields.containsKey("handover") ? Handover.valueOf(fields.getString("handover")) : null,
                fields.getString("by", null));
    }
}

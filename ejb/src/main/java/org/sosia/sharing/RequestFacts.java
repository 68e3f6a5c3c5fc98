package org.sosia.sharing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Instant;
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

    /** The request with these facts, which hold for it alone: for this record, person, owner, and grant if it is approved. */
    AccessRequest sealedInto(AccessRequest request, Keyring keys) {
        var fields = Json.createObjectBuilder()
                .add("of", bound(request))
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
        return request.saying(keys.sealFields(FIELD_KIND, request.id(), 1, fields.build()));
    }

    /** What its store could change so that an owner approves what she does not see. */
    private static JsonObject bound(AccessRequest request) {
        var bound = Json.createObjectBuilder()
                .add("record", request.record().toString())
                .add("requester", request.requester())
                .add("owner", request.owner());
        UUID grant = request.grant();
        Instant expires = request.expiresAt();
        if (grant != null && expires != null) {
            bound.add("grant", grant.toString()).add("expires", expires.toString());
        }
        return bound.build();
    }

    /**
     * Opens what a request says.
     *
     * @throws GeneralSecurityException if its store made another request of it. Requests of before this was sealed cannot tell
     */
    static RequestFacts open(Keyring keys, AccessRequest request) throws GeneralSecurityException {
        JsonObject fields = fields(keys, request);
        if (fields.containsKey("of") && !fields.getJsonObject("of").equals(bound(request))) {
            throw new GeneralSecurityException("a request is not what was asked");
        }
        return new RequestFacts(
                Purpose.valueOf(fields.getString("purpose")),
                fields.getString("note"),
                fields.getString("name"),
                fields.getString("reason", null),
                fields.containsKey("handover") ? Handover.valueOf(fields.getString("handover")) : null,
                fields.getString("by", null));
    }

    /** Whether its owner approved this request, with this grant and until then: a store could say so of any. */
    static boolean isApproved(Keyring keys, AccessRequest request) throws GeneralSecurityException {
        JsonObject fields = fields(keys, request);
        return request.grant() != null
                && fields.containsKey("of")
                && fields.getJsonObject("of").equals(bound(request));
    }

    private static JsonObject fields(Keyring keys, AccessRequest request) throws GeneralSecurityException {
        return keys.openFields(FIELD_KIND, request.id(), 1, request.sealed());
    }
}

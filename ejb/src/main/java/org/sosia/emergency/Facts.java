package org.sosia.emergency;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import org.sosia.keys.Keyring;
import org.sosia.persistence.Plea;

/**
 * What a plea says that its store must not read.
 *
 * @param name who asks, by name
 * @param reason why
 * @param session a handle of the session that asked; the records open in no other
 */
record Facts(String name, String reason, String session) {
    private static final String FIELD_KIND = "plea";

    Plea about(Keyring keys, UUID plea, UUID patient, String requester, Instant now, Instant expires) {
        JsonObject fields = Json.createObjectBuilder()
                .add("name", name)
                .add("reason", reason)
                .add("session", session)
                .add("patient", patient.toString())
                .add("requester", requester)
                .add("expires", expires.toString())
                .build();
        return new Plea(plea, patient, requester, now, expires, false, keys.sealFields(FIELD_KIND, plea, 1, fields));
    }

    /**
     * Opens a plea.
     *
     * @throws GeneralSecurityException if the store says of it that it is about somebody else, somebody else's, or for longer than it is.
     *     Pleas of before this was sealed say nothing about it
     */
    static Facts open(Keyring keys, Plea plea) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, plea.id(), 1, plea.sealed());
        boolean bound = fields.containsKey("patient");
        if (bound
                && !(fields.getString("patient").equals(plea.patient().toString())
                        && fields.getString("requester").equals(plea.requester())
                        && fields.getString("expires").equals(plea.expiresAt().toString()))) {
            throw new GeneralSecurityException("a plea is not what was asked");
        }
        return new Facts(fields.getString("name"), fields.getString("reason"), fields.getString("session"));
    }
}

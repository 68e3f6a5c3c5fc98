package org.sosia.emergency;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
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

    byte[] seal(Keyring keys, UUID plea) {
        return keys.sealFields(
                FIELD_KIND,
                plea,
                1,
                Json.createObjectBuilder()
                        .add("name", name)
                        .add("reason", reason)
                        .add("session", session)
                        .build());
    }

    static Facts open(Keyring keys, Plea plea) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, plea.id(), 1, plea.sealed());
        return new Facts(fields.getString("name"), fields.getString("reason"), fields.getString("session"));
    }
}

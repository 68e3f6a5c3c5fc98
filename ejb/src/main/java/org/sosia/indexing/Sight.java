package org.sosia.indexing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.keys.Keyring;

/**
 * What became of a record when it was looked at.
 *
 * @param state whether it is indexed
 * @param reason why it is not, in English, naming what is not supported; empty if it is, or never could be
 */
public record Sight(State state, String reason) {

    private static final String FIELD_KIND = "sight";

    /** Whether a record is indexed. */
    public enum State {
        /** It is, by every extractor. */
        INDEXED,
        /** It will be in a moment. */
        WAITING,
        /** It is an image that cannot be read here; the reason names what is missing. */
        UNSUPPORTED,
        /** It is no image. */
        NO_IMAGE
    }

    byte[] seal(Keyring keys, UUID record) {
        return keys.sealFields(
                FIELD_KIND,
                record,
                1,
                Json.createObjectBuilder()
                        .add("state", state.name())
                        .add("reason", reason)
                        .build());
    }

    static Sight open(Keyring keys, UUID record, byte[] sealed) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, record, 1, sealed);
        return new Sight(State.valueOf(fields.getString("state")), fields.getString("reason"));
    }
}

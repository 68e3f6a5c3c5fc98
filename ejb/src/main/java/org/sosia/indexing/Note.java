package org.sosia.indexing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.keys.Keyring;
import org.sosia.records.RecordFacts;

/**
 * What a hospital knows a row of a gallery by. It comes with every row that somebody may search, so that a cloud does not see which
 * ones were found.
 *
 * @param record the record
 * @param fileName the name the system gave it
 * @param kind what it is, in lower case
 * @param mediaType its media type
 */
public record Note(UUID record, String fileName, String kind, String mediaType) {

    private static final String FIELD_KIND = "picture";

    static Note of(UUID record, RecordFacts facts) {
        return new Note(record, facts.fileName(), facts.kind().text(), facts.mediaType());
    }

    byte[] seal(Keyring keys) {
        return keys.sealFields(
                FIELD_KIND,
                record,
                1,
                Json.createObjectBuilder()
                        .add("fileName", fileName)
                        .add("kind", kind)
                        .add("mediaType", mediaType)
                        .build());
    }

    /** Opens a note as that of a record: one that was moved to another row does not open. */
    public static Note open(Keyring keys, UUID record, byte[] sealed) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(FIELD_KIND, record, 1, sealed);
        return new Note(record, fields.getString("fileName"), fields.getString("kind"), fields.getString("mediaType"));
    }
}

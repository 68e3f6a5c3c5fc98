package org.sosia.records;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.keys.Keyring;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;

/**
 * What is written on a share: whose it is, how the copy was split, and the record's row as it was last known. Sealed for the hospital, in
 * the name of this one share, so that a place can neither read it, nor change it, nor put it on another share. What a place can do is to
 * put an older one back: the revision of the header tells.
 *
 * <p><b>Shape.</b> docs/FORMATS.md, section Recovery copies.
 *
 * @param number which share it is, counted from 0
 * @param attempt in which attempt the copies were made
 * @param receipt how the copy was split
 * @param row the record's row, its header included
 */
record Label(int number, UUID attempt, SplitReceipt receipt, SealedRecord row) {

    private static final String KIND = "copy";

    byte[] seal(Keyring keys, UUID share) {
        Base64.Encoder text = Base64.getEncoder();
        return keys.sealFields(
                KIND,
                share,
                1,
                Json.createObjectBuilder()
                        .add("number", number)
                        .add("copy", attempt.toString())
                        .add("receipt", text.encodeToString(receipt.encode()))
                        .add("record", row.id().toString())
                        .add("patient", row.patient().toString())
                        .add("owner", row.owner())
                        .add("version", row.version())
                        .add("createdAt", row.createdAt().toString())
                        .add("attempt", row.attempt().toString())
                        .add("split", row.isSplit())
                        .add("sealedBytes", row.sealedBytes())
                        .add("metadata", text.encodeToString(row.metadata()))
                        .add("header", text.encodeToString(row.header()))
                        .build());
    }

    static Label open(Keyring keys, UUID share, byte[] sealed) throws GeneralSecurityException {
        JsonObject fields = keys.openFields(KIND, share, 1, sealed);
        try {
            Base64.Decoder bytes = Base64.getDecoder();
            Instant createdAt = Instant.parse(fields.getString("createdAt"));
            SealedRecord row = new SealedRecord(
                    UUID.fromString(fields.getString("record")),
                    UUID.fromString(fields.getString("patient")),
                    fields.getString("owner"),
                    fields.getInt("version"),
                    RecordState.READY,
                    createdAt,
                    createdAt,
                    fields.getJsonNumber("sealedBytes").longValueExact(),
                    bytes.decode(fields.getString("metadata")),
                    bytes.decode(fields.getString("header")),
                    UUID.fromString(fields.getString("attempt")),
                    fields.getBoolean("split") ? new byte[0] : null);
            return new Label(
                    fields.getInt("number"),
                    UUID.fromString(fields.getString("copy")),
                    SplitReceipt.decode(bytes.decode(fields.getString("receipt"))),
                    row);
        } catch (JsonException | IllegalArgumentException | DateTimeException | ClassCastException notOurs) {
            throw new GeneralSecurityException("a label says something else than labels do", notOurs);
        }
    }

    /** How often the owner has changed the record's header when this was written. */
    int revision() throws GeneralSecurityException {
        return Header.decode(row.header()).revision();
    }
}

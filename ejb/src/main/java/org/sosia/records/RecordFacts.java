package org.sosia.records;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.decoy.RecordKind;

/**
 * What a hospital knows about a record; sealed in its metadata, covered by the owner's signature.
 *
 * @param patient whom it is about, so that a store cannot put it into another file; null in what was sealed before this was kept
 * @param kind what it is
 * @param sensitivity how sensitive it is
 * @param mediaType what the content was found to be
 * @param variant the DICOM transfer syntax, or empty
 * @param fileName the name the system gave it
 * @param uploadedName the name its uploader gave it; personal data for all we know
 * @param day the day it was handed in
 * @param keywords words to find it by
 * @param size the bytes of the content, before padding
 * @param digest {@code sha-256:} and the hex digest of the content
 * @param counterpart whether it stands for a record of the same id elsewhere, and so must outlive what an intruder does to it
 * @param split how the sealed content was split over two stores, as base64; null for a content that lies in one
 */
public record RecordFacts(
        @Nullable UUID patient,
        RecordKind kind,
        Sensitivity sensitivity,
        String mediaType,
        String variant,
        String fileName,
        String uploadedName,
        LocalDate day,
        List<String> keywords,
        long size,
        String digest,
        boolean counterpart,
        @Nullable String split) {

    public RecordFacts {
        keywords = List.copyOf(keywords);
    }

    /** Facts about a content that is about to arrive: its size, its digest and how it is split become known with it. */
    public RecordFacts(
            @Nullable UUID patient,
            RecordKind kind,
            Sensitivity sensitivity,
            String mediaType,
            String variant,
            String fileName,
            String uploadedName,
            LocalDate day,
            List<String> keywords,
            boolean counterpart) {
        this(
                patient,
                kind,
                sensitivity,
                mediaType,
                variant,
                fileName,
                uploadedName,
                day,
                keywords,
                0,
                "",
                counterpart,
                null);
    }

    /** How the content was split, if it was. Signed with the rest of the facts, so no store can change it. */
    Optional<SplitReceipt> receipt() {
        return Optional.ofNullable(split).map(RecordFacts::decoded);
    }

    private static SplitReceipt decoded(String receipt) {
        try {
            return SplitReceipt.decode(Base64.getDecoder().decode(receipt));
        } catch (GeneralSecurityException neverSigned) {
            throw new IllegalArgumentException(neverSigned);
        }
    }

    /** The same facts about content of which size and digest have become known. */
    RecordFacts about(long bytes, String contentDigest, Optional<SplitReceipt> receipt) {
        return new RecordFacts(
                patient,
                kind,
                sensitivity,
                mediaType,
                variant,
                fileName,
                uploadedName,
                day,
                keywords,
                bytes,
                contentDigest,
                counterpart,
                receipt.map(done -> Base64.getEncoder().encodeToString(done.encode()))
                        .orElse(null));
    }

    /** Whether a store may show this under the given patient. */
    boolean isAbout(UUID someone) {
        return patient == null || patient.equals(someone);
    }

    JsonObject fields() {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        if (patient != null) {
            fields.add("patient", patient.toString());
        }
        if (split != null) {
            fields.add("split", split);
        }
        return fields.add("kind", kind.text())
                .add("sensitivity", sensitivity.name())
                .add("mediaType", mediaType)
                .add("variant", variant)
                .add("fileName", fileName)
                .add("uploadedName", uploadedName)
                .add("day", day.toString())
                .add("keywords", Json.createArrayBuilder(keywords))
                .add("size", size)
                .add("digest", digest)
                .add("counterpart", counterpart)
                .build();
    }

    static RecordFacts of(JsonObject fields) {
        return new RecordFacts(
                fields.containsKey("patient") ? UUID.fromString(fields.getString("patient")) : null,
                RecordKind.of(fields.getString("kind")),
                Sensitivity.valueOf(fields.getString("sensitivity")),
                fields.getString("mediaType"),
                fields.getString("variant"),
                fields.getString("fileName"),
                fields.getString("uploadedName"),
                LocalDate.parse(fields.getString("day")),
                fields.getJsonArray("keywords").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList(),
                fields.getJsonNumber("size").longValueExact(),
                fields.getString("digest"),
                fields.getBoolean("counterpart"),
                fields.getString("split", null));
    }
}

package org.sosia.retrieval;

import java.time.Instant;
import java.util.UUID;
import org.sosia.decoy.RecordKind;
import org.sosia.keys.SignatureView;
import org.sosia.records.Sensitivity;

/**
 * A record as its caller sees it. Size, digest and signature are those of the content that the caller would get.
 *
 * @param id the record
 * @param patient whose record it is
 * @param kind what it is
 * @param sensitivity how sensitive it is
 * @param mediaType its media type
 * @param fileName the name the system gave it
 * @param size the bytes of its content
 * @param digest {@code sha-256:} and the hex digest of its content
 * @param createdAt when it was handed in
 * @param policy who may open it once approved
 * @param signature the owner's signature
 * @param access how it stands to the caller
 */
public record RecordView(
        UUID id,
        UUID patient,
        RecordKind kind,
        Sensitivity sensitivity,
        String mediaType,
        String fileName,
        long size,
        String digest,
        Instant createdAt,
        String policy,
        SignatureView signature,
        Access access) {}

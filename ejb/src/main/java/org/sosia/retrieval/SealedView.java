package org.sosia.retrieval;

import java.time.Instant;
import java.util.UUID;
import org.sosia.keys.SignatureView;

/**
 * A record as the cloud's operator sees it: the sealed form, which opens nothing.
 *
 * @param id the record
 * @param version its version
 * @param owner its data owner's id
 * @param createdAt when it was sealed
 * @param sealedBytes the bytes of sealed content stored
 * @param sealedDigest {@code sha-256:} and the hex digest of the sealed content
 * @param policy the policy, which stands in clear in the header
 * @param header the encoded header, base 64
 * @param metadata the sealed metadata, base 64
 * @param signature the owner's signature
 * @param sample the first bytes of the sealed content, base 64
 */
public record SealedView(
        UUID id,
        int version,
        String owner,
        Instant createdAt,
        long sealedBytes,
        String sealedDigest,
        String policy,
        String header,
        String metadata,
        SignatureView signature,
        String sample) {}

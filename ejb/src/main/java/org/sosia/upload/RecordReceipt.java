package org.sosia.upload;

import java.util.UUID;
import org.sosia.keys.SignatureView;

/**
 * What the data owner keeps of an upload that was acknowledged.
 *
 * @param id the record
 * @param state {@code READY} when everybody entitled can see it; {@code SEALED} when it is stored durably and becomes
 *     visible a little later
 * @param digest {@code sha-256:} and the hex digest of the bytes received
 * @param size the bytes received
 * @param mediaType what the content was found to be
 * @param fileName the name the system gave it, free of personal data
 * @param signature the owner's signature over the sealed record
 */
public record RecordReceipt(
        UUID id, String state, String digest, long size, String mediaType, String fileName, SignatureView signature) {}

package org.sosia.crypto.envelope;

import java.util.List;
import java.util.Optional;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.signature.OwnerSigningKey;

/** Headers as earlier builds wrote them, for tests of what is kept for ever. */
public final class FormatOne {
    private FormatOne() {}

    /** The same record, with the same seed and content, under a header of format 1. */
    public static byte[] of(
            byte[] encoded, CollectionKeys collection, PublicParameters parameters, OwnerSigningKey signer)
            throws Exception {
        Header header = Header.decode(encoded);
        HeaderCore core = HeaderCore.read(new ByteReader(encoded));
        HeaderCore.Facts now = core.facts();
        HeaderCore.Facts old = new HeaderCore.Facts(
                HeaderCore.FORMAT_1,
                now.record(),
                now.version(),
                now.owner(),
                now.ownerKey(),
                now.approvalKey(),
                Optional.of(new HeaderCore.Bytes(header.parametersDigest())),
                now.payloadPrefix(),
                now.sealedLength(),
                now.sealedDigest(),
                now.metadataDigest());
        var unlocked = header.ownerLock().power(collection.ownerExponent().inverse());
        try (Seed seed = core.open(PairingProduct.pair(unlocked, G2.GENERATOR))) {
            HeaderCore first = HeaderCore.lock(old, seed);
            PolicySlot slot = PolicySlot.lock(parameters, header.policy(), collection, seed.bytes(), first.encode());
            return Header.sign(first, List.of(slot), seed.headerMac(first.encode()), 0, signer)
                    .encode();
        }
    }
}

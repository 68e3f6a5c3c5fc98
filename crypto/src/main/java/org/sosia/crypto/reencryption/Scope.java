package org.sosia.crypto.reencryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;

/** Which records a re-key is for, and which re-key it is: all that its target is bound to. docs/FORMATS.md, section Re-key. */
record Scope(UUID id, String owner, int epoch, G1 ownerKey) {
    private static final int MAX_OWNER_BYTES = 64;
    private static final byte[] LABEL = "sosia/v1/re-key".getBytes(StandardCharsets.US_ASCII);
    private static final String BLINDING = "sosia/v1/re-key/scalar";

    static Scope of(UUID id, String owner, int epoch, G1 ownerKey) throws MalformedException {
        if (owner.getBytes(StandardCharsets.UTF_8).length > MAX_OWNER_BYTES) {
            throw new MalformedException("no record has this owner");
        }
        return new Scope(id, owner, epoch, ownerKey);
    }

    static Scope read(ByteReader reader) throws MalformedException {
        return new Scope(reader.uuid(), reader.text(MAX_OWNER_BYTES), reader.u32(), G1.decode(reader.fixed(G1.BYTES)));
    }

    void write(ByteWriter writer) {
        writer.uuid(id).sized(owner.getBytes(StandardCharsets.UTF_8)).u32(epoch).fixed(ownerKey.encode());
    }

    /** What a target's secret is bound to. */
    byte[] bound() {
        ByteWriter writer = new ByteWriter().sized(LABEL);
        write(writer);
        return writer.toByteArray();
    }

    /** The context of a delivery to somebody by a target of the given type. */
    byte[] deliveryContext(int type, byte[] to) {
        return Digests.sha256(bound(), new ByteWriter().u8(type).fixed(to).toByteArray());
    }

    /** SCHEME 4a: z_B = H2S("re-key", ζ, scope, digest of the target). */
    Scalar blinding(SecretBytes secret, byte[] targetDigest) {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            return Scalar.hash(BLINDING, exposed, bound(), targetDigest);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }
}

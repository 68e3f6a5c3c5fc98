package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.Hmac;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * σ: the 32 random bytes from which everything about one record's envelope follows.
 *
 * <p>The exponents of both slots are hashes of it, so whoever opened a slot can recompute how the slot must have been made.
 */
final class Seed implements SecretMaterial, AutoCloseable {
    private static final byte[] PAYLOAD = "sosia/v1/payload".getBytes(StandardCharsets.US_ASCII);
    private static final String HEADER = "sosia/v1/header";
    private static final String OWNER_EXPONENT = "sosia/v1/rcca/owner";
    private static final String POLICY_EXPONENT = "sosia/v1/rcca/policy";
    private static final String APPROVAL_EXPONENT = "sosia/v1/rcca/approval";

    private final SecretBytes bytes;

    Seed(SecretBytes bytes) {
        this.bytes = bytes;
    }

    static Seed random() {
        return new Seed(SecretBytes.random(SlotWrap.SEED_BYTES));
    }

    SecretBytes bytes() {
        return bytes;
    }

    /** k = H2S("owner", σ, ctx_o). */
    Scalar ownerExponent(byte[] context) {
        return hash(OWNER_EXPONENT, context);
    }

    /** s = H2S("policy", σ, ctx). */
    Scalar policyExponent(byte[] context) {
        return hash(POLICY_EXPONENT, context);
    }

    /** k_g = H2S("approval", σ, ctx). */
    Scalar approvalExponent(byte[] context) {
        return hash(APPROVAL_EXPONENT, context);
    }

    private Scalar hash(String domain, byte[] context) {
        byte[] exposed = bytes.exposeSecretBytes();
        try {
            return Scalar.hash(domain, exposed, context);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    SecretBytes payloadKey() {
        byte[] exposed = bytes.exposeSecretBytes();
        byte[] key = Hkdf.SHA_512.derive(exposed, new byte[0], PAYLOAD, SlotWrap.SEED_BYTES);
        try {
            return SecretBytes.copyOf(key);
        } finally {
            Arrays.fill(exposed, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    byte[] headerMac(byte[] core) {
        try (SecretBytes key = bytes.derive(HEADER)) {
            return Hmac.sha256(key, core);
        }
    }

    /** What the payload is bound to, beside its key. */
    static byte[] payloadContext(UUID record, int version, String owner) {
        return new ByteWriter()
                .uuid(record)
                .u32(version)
                .sized(owner.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }

    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return "Seed[secret]";
    }
}

package org.sosia.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the links of an audit chain hang together. */
public final class AuditChain {

    /** What the first entry has in place of the hash before it: 32 zero bytes. */
    private static final byte[] ROOT = new byte[32];

    /** Tells this hash from every other use of SHA-256 in the project; the digit is the format's version. */
    private static final byte[] LABEL = "sosia entry 1".getBytes(StandardCharsets.US_ASCII);

    /** The hash before the first entry. */
    public static byte[] root() {
        return ROOT.clone();
    }

    /**
     * The hash of one entry: SHA-256 over label, number, time, actor, action, object, details and the hash before.
     * Numbers are 8 bytes big-endian, the time is microseconds since 1970, every part of variable length is preceded by its
     * length in 4 bytes (otherwise actor "ab", action "c" and actor "a", action "bc" were one entry), an absent object has
     * length 0.
     */
    public static byte[] hash(
            long seq, Instant at, String actor, String action, @Nullable UUID object, byte[] sealed, byte[] previous) {
        MessageDigest sha = sha256();
        part(sha, LABEL);
        sha.update(number(seq));
        sha.update(number(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        part(sha, actor.getBytes(StandardCharsets.UTF_8));
        part(sha, action.getBytes(StandardCharsets.UTF_8));
        part(sha, object == null ? new byte[0] : bytes(object));
        part(sha, sealed);
        part(sha, previous);
        return sha.digest();
    }

    private static void part(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private AuditChain() {}
}

package org.sosia.crypto.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The project's one hash function. */
public final class Digests {
    /** A digest's length. */
    public static final int BYTES = 32;

    private Digests() {}

    /**
     * Hashes parts one after the other; the caller sees to it that their borders are unambiguous.
     *
     * @param parts what is hashed
     * @return SHA-256, {@value #BYTES} bytes
     */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /**
     * A running SHA-256, for streams.
     *
     * @return a fresh digest
     */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

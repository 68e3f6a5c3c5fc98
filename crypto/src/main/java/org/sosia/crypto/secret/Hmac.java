package org.sosia.crypto.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104): shows a receiver who shares the key that a message is genuine. */
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /**
     * Authenticates a message.
     *
     * @param key shared with the receiver, at least one byte
     * @param message any bytes
     * @return 32 bytes
     */
    public static byte[] sha256(SecretBytes key, byte[] message) {
        try {
            return key.exposeSecretBytes(bytes -> {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(bytes, ALGORITHM));
                return mac.doFinal(message);
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-2", e);
        }
    }
}

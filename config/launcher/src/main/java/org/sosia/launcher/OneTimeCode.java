package org.sosia.launcher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 6238 time-based one-time codes: HMAC-SHA-1, six digits, thirty seconds. */
final class OneTimeCode {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private OneTimeCode() {}

    static String at(byte[] key, Instant when) {
        byte[] hash = hmac(
                "HmacSHA1",
                key,
                ByteBuffer.allocate(Long.BYTES)
                        .putLong(when.getEpochSecond() / 30)
                        .array());
        // RFC 4226 5.3, dynamic truncation: the last nibble says which four bytes.
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    /** RFC 4648 base 32; {@code key} is a multiple of five bytes long, so there is no padding. */
    static String base32(byte[] key) {
        var text = new StringBuilder();
        for (int bit = 0; bit < key.length * 8; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++) {
                value = (value << 1) | ((key[i / 8] >> (7 - i % 8)) & 1);
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

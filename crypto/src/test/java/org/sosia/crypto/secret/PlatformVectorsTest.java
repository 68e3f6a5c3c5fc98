package org.sosia.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.Json;

/** The two primitives taken from the Java platform, with the parameters this project uses. */
class PlatformVectorsTest {
    @Test
    void aesGcmFollowsThePublishedVectors() throws Exception {
        List<Json> ours = Json.wycheproof("aes_gcm_test.json").stream()
                .filter(v -> v.number("keySize") == 256 && v.number("ivSize") == 96 && v.number("tagSize") == 128)
                .toList();
        assertThat(ours).hasSizeGreaterThan(60);
        for (Json vector : ours) {
            byte[] sealed = concatenate(vector.hex("ct"), vector.hex("tag"));
            boolean valid = vector.text("result").equals("valid");
            assertThat(opens(vector, sealed)).as(vector.text("tcId")).isEqualTo(valid);
            if (valid) {
                assertThat(cipher(Cipher.ENCRYPT_MODE, vector).doFinal(vector.hex("msg")))
                        .isEqualTo(sealed);
            }
        }
    }

    private static boolean opens(Json vector, byte[] sealed) {
        try {
            return Arrays.equals(cipher(Cipher.DECRYPT_MODE, vector).doFinal(sealed), vector.hex("msg"));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Cipher cipher(int mode, Json vector) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(vector.hex("key"), "AES"), new GCMParameterSpec(128, vector.hex("iv")));
        cipher.updateAAD(vector.hex("aad"));
        return cipher;
    }

    @Test
    void hmacFollowsThePublishedVectors() throws Exception {
        List<Json> vectors = Json.wycheproof("hmac_sha256_test.json");
        assertThat(vectors).hasSizeGreaterThan(100);
        for (Json vector : vectors) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(vector.hex("key"), "HmacSHA256"));
            byte[] tag = Arrays.copyOf(mac.doFinal(vector.hex("msg")), vector.number("tagSize") / Byte.SIZE);
            assertThat(Arrays.equals(tag, vector.hex("tag")))
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("result").equals("valid"));
        }
    }

    /** Its AES is forty times slower than the platform's, so it must never be found by name. */
    @Test
    void bouncyCastleIsNotRegistered() {
        assertThat(Security.getProvider("BC")).isNull();
    }

    private static byte[] concatenate(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }
}

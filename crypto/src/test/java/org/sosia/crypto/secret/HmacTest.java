package org.sosia.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.Json;

class HmacTest {
    @Test
    void codesAreThoseOfThePublishedVectors() {
        List<Json> vectors = Json.wycheproof("hmac_sha256_test.json");
        assertThat(vectors).hasSizeGreaterThan(50);
        for (Json vector : vectors) {
            // Shortened codes and empty keys are the platform's business; here codes are whole.
            byte[] code = Hmac.sha256(SecretBytes.copyOf(vector.hex("key")), vector.hex("msg"));
            boolean right = Arrays.equals(Arrays.copyOf(code, vector.number("tagSize") / Byte.SIZE), vector.hex("tag"));
            assertThat(code).hasSize(32);
            assertThat(right)
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("result").equals("valid"));
        }
    }
}

package org.sosia.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.Json;

class HkdfVectorsTest {
    @Test
    void sha256FollowsThePublishedVectors() {
        assertFollows(Hkdf.SHA_256, Json.wycheproof("hkdf_sha256_test.json"));
    }

    @Test
    void sha512FollowsThePublishedVectors() {
        assertFollows(Hkdf.SHA_512, Json.wycheproof("hkdf_sha512_test.json"));
    }

    @Test
    void theLongestOutputHas255Blocks() {
        byte[] key = new byte[32];
        assertThat(Hkdf.SHA_256.expand(key, new byte[0], 255 * 32)).hasSize(8_160);
        assertThat(Hkdf.SHA_512.expand(key, new byte[0], 0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.SHA_256.expand(key, new byte[0], 255 * 32 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.SHA_256.expand(key, new byte[0], -1));
    }

    private static void assertFollows(Hkdf hkdf, List<Json> vectors) {
        assertThat(vectors).hasSizeGreaterThan(50);
        for (Json vector : vectors) {
            int size = vector.number("size");
            if (vector.text("result").equals("valid")) {
                assertThat(hkdf.derive(vector.hex("ikm"), vector.hex("salt"), vector.hex("info"), size))
                        .as(vector.text("tcId"))
                        .isEqualTo(vector.hex("okm"));
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> hkdf.derive(vector.hex("ikm"), vector.hex("salt"), vector.hex("info"), size));
            }
        }
    }
}

package org.sosia.crypto.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.testing.Json;

class HashToCurveTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final byte[] DOMAIN = {7};

    @Test
    void expandingFollowsThePublishedVectors() {
        Json file = Json.resource("hash-to-curve/expand_message_xmd_SHA256_38.json");
        byte[] domain = file.text("DST").getBytes(StandardCharsets.US_ASCII);
        assertThat(file.get("tests").list()).hasSize(10);
        for (Json test : file.get("tests").list()) {
            byte[] message = test.text("msg").getBytes(StandardCharsets.US_ASCII);
            assertThat(HashToCurve.expand(message, domain, Integer.decode(test.text("len_in_bytes"))))
                    .isEqualTo(test.hex("uniform_bytes"));
        }
    }

    /** The published vectors ask for whole digests only; b_0, b_1 and b_2 of RFC 9380, section 5.3.1, by hand. */
    @Test
    void aPartOfADigestIsItsBeginning() {
        byte[] dstPrime = {7, 1};
        byte[] b0 = Digests.sha256(new byte[64], MESSAGE, new byte[] {0, 33, 0}, dstPrime);
        byte[] b1 = Digests.sha256(b0, new byte[] {1}, dstPrime);
        byte[] mixed = b0.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= b1[i];
        }
        byte[] b2 = Digests.sha256(mixed, new byte[] {2}, dstPrime);

        byte[] expanded = HashToCurve.expand(MESSAGE, DOMAIN, 33);

        assertThat(Arrays.copyOf(expanded, 32)).isEqualTo(b1);
        assertThat(expanded).hasSize(33).endsWith(b2[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void aDomainOfOneTo255BytesServes(int bytes) {
        assertThat(HashToCurve.expand(MESSAGE, new byte[bytes], 32)).hasSize(32);
    }

    @Test
    void whatOneByteCannotCountIsRefused() {
        assertThat(HashToCurve.expand(MESSAGE, DOMAIN, 255 * 32)).hasSize(8160);
        assertThatIllegalArgumentException().isThrownBy(() -> HashToCurve.expand(MESSAGE, DOMAIN, 255 * 32 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> HashToCurve.expand(MESSAGE, new byte[0], 32));
        assertThatIllegalArgumentException().isThrownBy(() -> HashToCurve.expand(MESSAGE, new byte[256], 32));
    }
}

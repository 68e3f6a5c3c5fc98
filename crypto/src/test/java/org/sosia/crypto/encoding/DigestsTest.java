package org.sosia.crypto.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** FIPS 180-4's example of one block, and the digest of nothing. */
    @Test
    void theDigestIsSha256() {
        assertThat(HexFormat.of().formatHex(Digests.sha256(ABC)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(HexFormat.of().formatHex(Digests.sha256()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digests.BYTES).isEqualTo(32);
    }

    /** Whoever joins parts of varying length gives each its length before. */
    @Test
    void partsAreJoinedWithoutBorders() {
        assertThat(Digests.sha256(new byte[] {'a'}, new byte[] {'b', 'c'})).isEqualTo(Digests.sha256(ABC));
    }
}

package org.sosia.crypto.splitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.testing.Json;

/** What was split once is merged for ever. */
class SplitVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"split-1-both", "split-1-two-of-three"})
    void committedSharesGiveTheirContentBack(String name) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        SplitReceipt receipt = SplitReceipt.decode(vector.hex("receipt"));
        List<byte[]> shares = vector.get("shares").list().stream()
                .map(share -> share.hex("share"))
                .toList();
        SplitContent split = new SplitContent(receipt, shares);

        assertThat(split.merged()).isEqualTo(vector.hex("content"));
        for (int i = 0; i < shares.size(); i++) {
            receipt.verify(i, split.share(i));
        }
        if (shares.size() > receipt.splitting().needed()) {
            assertThat(split.merged(0)).isEqualTo(vector.hex("content"));
        }
    }
}

package org.sosia.crypto.splitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.content.SealedSource;
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

    /** Against what another program covered. */
    @Test
    void aHiddenShareLiesAsDocumented() throws Exception {
        Json vector = Json.resource("sosia/hidden-share-1.json");
        HiddenShare hidden = new HiddenShare(vector.hex("link"));
        assertThat(hidden.id().toString().replace("-", "")).isEqualTo(vector.text("id"));
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        try (OutputStream out = hidden.covering(covered)) {
            out.write(vector.hex("share"));
        }
        assertThat(covered.toByteArray()).isEqualTo(vector.hex("covered"));
        SealedSource uncovered = hidden.uncovered(SplitContent.source(vector.hex("covered")));
        try (InputStream share = uncovered.read(0, uncovered.length())) {
            assertThat(share.readAllBytes()).isEqualTo(vector.hex("share"));
        }
    }
}

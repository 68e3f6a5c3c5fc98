package org.sosia.crypto.grant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.Json;

/** Against what another program wrote from docs/FORMATS.md. */
class PartialKeyVectorsTest {
    private final Json vector = Json.resource("sosia/partial-key-1.json");

    @Test
    void aKeyHasItsOneText() throws Exception {
        for (Json test : vector.get("texts").list()) {
            assertThat(KeyText.of(test.hex("bytes"))).isEqualTo(test.text("text"));
            assertThat(KeyText.parse(test.text("text"), PartialKey.BYTES)).isEqualTo(test.hex("bytes"));
        }
    }

    @Test
    void whatASeatKeySealedOpens() throws Exception {
        Json seat = vector.get("seat");
        assertThat(SeatKey.parse(seat.text("text"))
                        .open(seat.hex("context"), seat.hex("sealed"))
                        .exposeSecretBytes())
                .isEqualTo(seat.hex("secret"));
    }
}

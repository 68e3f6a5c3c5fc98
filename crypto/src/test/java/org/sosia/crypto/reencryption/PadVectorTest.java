package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.testing.Json;

/** A referral's pad that another program sealed. */
@Tag("both-engines")
class PadVectorTest {
    private final Json vector = Json.resource("sosia/pad-1.json");

    private UUID id(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(vector.hex(name));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Test
    void aPadOpensToItsDelegation() throws Exception {
        PartialKey partialKey = PartialKey.parse(vector.text("partialKey"));
        assertThat(Pad.open(partialKey, id("referral"), id("record"), vector.hex("pad"))
                        .encode())
                .isEqualTo(vector.hex("delegation"));
    }
}

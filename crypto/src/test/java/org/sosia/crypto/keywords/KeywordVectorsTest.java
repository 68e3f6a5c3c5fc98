package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.keywords.WordKey.Operation;
import org.sosia.crypto.keywords.WordKey.Position;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** What both servers store of a word, against what another program wrote from docs/FORMATS.md. */
class KeywordVectorsTest {
    private final Json vector = Json.resource("sosia/keyword-1.json");
    private final WordKey word = new WordKey(SecretBytes.copyOf(vector.hex("key")));
    private final long epoch = Long.parseLong(vector.text("epoch"));

    private UUID id(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(vector.hex(name));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Test
    void anEntryIsTheDocumentedOne() {
        Operation added = new Operation(true, id("record"));
        Entry entry = word.entry(epoch, vector.number("number"), added);
        assertThat(entry.label()).isEqualTo(id("label"));
        assertThat(entry.value()).isEqualTo(vector.hex("value"));
        assertThat(word.open(epoch, vector.number("number"), entry)).contains(added);
    }

    @Test
    void aCounterIsTheDocumentedOne() throws Exception {
        assertThat(word.slot()).isEqualTo(id("slot"));
        assertThat(word.open(new Counter(1, vector.hex("counter"))))
                .isEqualTo(new Position(vector.number("count"), epoch));
    }
}

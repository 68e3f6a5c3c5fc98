package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
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
        return id(vector, name);
    }

    private static UUID id(Json json, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(json.hex(name));
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

    /** From both servers' secrets to the key of a word. */
    @Test
    void aWordsKeyFollowsFromBothServersSecrets() throws Exception {
        Json known = Json.resource("sosia/keyword-2.json");
        Keyword keyword = new Keyword(known.text("field"), known.text("word"));
        assertThat(keyword.input()).isEqualTo(known.hex("input"));
        Oprf oprf = new Oprf(keyword.input(), Exponent.decode(known.hex("blind")));
        assertThat(oprf.blinded()).isEqualTo(known.hex("blinded"));
        byte[] ofA = evaluated(known, "masterA");
        byte[] ofB = evaluated(known, "masterB");
        assertThat(ofA).isEqualTo(known.hex("ofA"));
        assertThat(ofB).isEqualTo(known.hex("ofB"));
        assertThat(oprf.output(ofA, ofB)).isEqualTo(known.hex("key"));
        assertThat(new WordKey(SecretBytes.copyOf(known.hex("key"))).slot()).isEqualTo(id(known, "slot"));
    }

    private static byte[] evaluated(Json known, String master) throws Exception {
        return new KeyHalves(SecretBytes.copyOf(known.hex(master)))
                .evaluate(id(known, "owner"), known.number("epoch"), List.of(known.hex("blinded")))
                .get(0);
    }

    @Test
    void paddingWordsAreTheDocumentedOnes() {
        List<Json> padding =
                Json.resource("sosia/keyword-2.json").get("padding").list();
        assertThat(Keyword.paddingInput(0))
                .isEqualTo(HexFormat.of().parseHex(padding.get(0).toString()));
        assertThat(Keyword.paddingInput(63))
                .isEqualTo(HexFormat.of().parseHex(padding.get(1).toString()));
    }
}

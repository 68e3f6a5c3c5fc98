package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.persistence.GalleryRefusedException.Why;

/** What goes between the processes of a search, and the names under which clouds keep words, against what another program wrote from docs/FORMATS.md. */
class SearchFramesVectorTest {
    private final Properties vector = vector();

    private static Properties vector() {
        Properties read = new Properties();
        try (InputStream in = SearchFramesVectorTest.class.getResourceAsStream("/vectors/search-frames-1.properties")) {
            read.load(Objects.requireNonNull(in));
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] hex(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(vector.getProperty(name)));
    }

    private UUID id(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(hex(name));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Test
    void anOpeningSaysWhatAChannelIsFor() throws Exception {
        Opening questions = new Opening(Opening.Purpose.QUESTIONS, "");
        Opening link = new Opening(Opening.Purpose.LINK, "hospital/grey-28.1");
        assertThat(questions.encode()).isEqualTo(hex("openingForQuestions"));
        assertThat(link.encode()).isEqualTo(hex("openingOfALink"));
        assertThat(Opening.decode(hex("openingForQuestions"))).isEqualTo(questions);
        assertThat(Opening.decode(hex("openingOfALink"))).isEqualTo(link);
        assertReadsOnlyTheWhole(hex("openingOfALink"), Opening::decode);
    }

    @Test
    void aQuestionNamesGalleryReaderRowsAndRequest() throws Exception {
        GalleryEnd end = new GalleryEnd("hospital", "grey-28.1", GalleryEnd.End.B, 28, 28, 7);
        int[] rows = {0, 7, (1 << 24) - 1};
        assertThat(new Asked(end, "dora", rows, hex("request")).encode()).isEqualTo(hex("asked"));
        Asked read = Asked.decode(hex("asked"));
        assertThat(read.end()).isEqualTo(end);
        assertThat(read.who()).isEqualTo("dora");
        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.request()).isEqualTo(hex("request"));
        assertReadsOnlyTheWhole(hex("asked"), Asked::decode);
    }

    @Test
    void aReplyIsAnAnswerOrAReason() throws Exception {
        assertThat(Asked.answered(hex("answer"))).isEqualTo(hex("answered"));
        assertThat(Asked.read(hex("answered"))).isEqualTo(hex("answer"));
        Why[] reasons = {
            Why.TOKEN_SPENT_OR_UNKNOWN, Why.TOO_MANY, Why.NOT_GRANTED, Why.DISAGREE, Why.UNAVAILABLE, Why.MALFORMED
        };
        assertThat(reasons).hasSameSizeAs(Why.values());
        for (int code = 0; code < reasons.length; code++) {
            byte[] refused = {1, (byte) code};
            assertThat(Asked.refused(reasons[code])).isEqualTo(refused);
            Why expected = reasons[code];
            assertThatExceptionOfType(GalleryRefusedException.class)
                    .isThrownBy(() -> Asked.read(refused))
                    .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(expected));
        }
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Asked.read(new byte[] {1, 6}));
    }

    @Test
    void cloudsNameOwnersAndReceiversByRealm() {
        assertThat(WordTables.owner(new WordReader("hospital", "ada", "dora"))).isEqualTo(id("indexOfAnOwner"));
        assertThat(Tagging.group("hospital", "döra")).isEqualTo(id("groupOfAReceiver"));
    }

    private interface Reading {
        Object of(byte[] encoded) throws Exception;
    }

    private static void assertReadsOnlyTheWhole(byte[] encoded, Reading reading) {
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> reading.of(cut));
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        byte[] later = encoded.clone();
        later[0] = 2;
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> reading.of(longer));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> reading.of(later));
    }
}

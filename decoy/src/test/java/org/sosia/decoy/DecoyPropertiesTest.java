package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every type of double. */
class DecoyPropertiesTest {

    static Stream<String> mediaTypes() {
        return Arrays.stream(Format.values()).flatMap(format -> format.mediaTypes().stream());
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void theSameSpecAndKeyGiveTheSameBytesInAnotherForge(String type) {
        DecoySpec spec = Specs.of(RecordKind.REPORT, type, 23_456);

        byte[] first = Specs.bytes(Specs.forge().forge(spec));
        byte[] second = Specs.bytes(Specs.forge().forge(DecoySpec.decode(spec.encode())));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void aDoubleCanBeReadTwice(String type) {
        Decoy decoy = Specs.forge().forge(Specs.of(RecordKind.LAB, type, 9000));

        assertThat(Specs.bytes(decoy)).isEqualTo(Specs.bytes(decoy));
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void anotherKeyGivesAnotherDouble(String type) {
        DecoySpec spec = Specs.of(RecordKind.NOTE, type, 5000);

        assertThat(Specs.bytes(Specs.forge(1).forge(spec)))
                .isNotEqualTo(Specs.bytes(Specs.forge(2).forge(spec)));
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void anotherRecordHasAnotherDouble(String type) {
        DecoySpec one = Specs.of(RecordKind.NOTE, type, "", 5000, Locale.UK, 1);
        DecoySpec two = Specs.of(RecordKind.NOTE, type, "", 5000, Locale.UK, 2);

        assertThat(Specs.bytes(one)).isNotEqualTo(Specs.bytes(two));
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void theSizeIsExactAndInsideTheBucket(String type) {
        for (long bytes : new long[] {2500, 4097, 8200, 31_337, 260_000}) {
            for (RecordKind kind : List.of(RecordKind.LAB, RecordKind.WAVEFORM)) {
                DecoySpec spec = Specs.of(kind, type, bytes);
                Decoy decoy = Specs.forge().forge(spec);

                assertThat(SizeBucket.padded(decoy.size()))
                        .as("%s of %s", type, bytes)
                        .isEqualTo(spec.sizeBucketBytes());
                assertThat(Specs.bytes(decoy)).as("%s of %s", type, bytes).hasSize((int) decoy.size());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void aSizeThatNoValidFileHasGivesTheSmallestValidFile(String type) {
        for (long bytes = 1; bytes < 2100; bytes = bytes * 3 / 2 + 1) {
            Decoy decoy = Specs.forge().forge(Specs.of(RecordKind.REPORT, type, bytes));

            assertThat(Specs.bytes(decoy))
                    .as("%s of %s", type, bytes)
                    .hasSize((int) decoy.size())
                    .hasSizeLessThan(2200);
        }
    }

    /** Two gibibytes are never in memory: the heap of the tests is smaller than that. */
    @ParameterizedTest
    @MethodSource("mediaTypes")
    void aHugeDoubleIsMadeWhileItIsRead(String type) throws IOException {
        DecoySpec spec = Specs.of(RecordKind.IMAGING, type, 2L << 30);
        Decoy decoy = Specs.forge().forge(spec);
        // A quarter of a mebibyte of what is slow to draw, a part large enough to see the stream go on of the rest.
        long part = List.of("jpg", "pdf", "zip", "docx", "xlsx").contains(Format.extension(type)) ? 1 << 18 : 4 << 20;

        assertThat(SizeBucket.padded(decoy.size())).isEqualTo(spec.sizeBucketBytes());
        try (InputStream in = decoy.open()) {
            assertThat(in.readNBytes((int) part)).hasSize((int) part);
        }
    }

    @Test
    void sizesInABucketAreSpreadAndNotRound() {
        long distinct = LongStream.range(0, 200)
                .map(i -> Specs.forge()
                        .forge(Specs.of(RecordKind.NOTE, "text/plain", "", 100_000, Locale.UK, i))
                        .size())
                .distinct()
                .count();

        assertThat(distinct).isGreaterThan(180);
    }

    @Test
    void theExactSizeOfTheOriginalIsForgottenInTheSpec() {
        assertThat(Specs.of(RecordKind.NOTE, "text/plain", 100_001))
                .isEqualTo(Specs.of(RecordKind.NOTE, "text/plain", 100_352));
    }

    @Test
    void aNewVersionTellsTheSameStory() {
        DecoySpec first = Specs.of(RecordKind.NOTE, "text/plain", 4000);
        DecoySpec second = new DecoySpec(
                first.record(),
                2,
                first.patient(),
                first.kind(),
                first.mediaType(),
                "",
                first.sizeBucketBytes(),
                first.day(),
                first.locale());

        byte[] before = Specs.bytes(first);
        byte[] after = Specs.bytes(second);

        assertThat(after).isNotEqualTo(before);
        assertThat(Arrays.copyOf(after, 2500)).isEqualTo(Arrays.copyOf(before, 2500));
    }

    /** Doubles are stored, but a store that is repaired from the key must get the same bytes: a change here is a change of generator. */
    @Test
    void theGeneratorHasNotChanged() throws Exception {
        byte[] note = Specs.bytes(Specs.of(RecordKind.NOTE, "text/plain", 3000));
        byte[] picture = Specs.bytes(Specs.of(RecordKind.IMAGING, "image/jpeg", 9000));

        assertThat(sha256(note)).isEqualTo("5935f4496d4e2b2bf374214776baf22dc3270477750db3b2fa73b5384cef202f");
        assertThat(sha256(picture)).isEqualTo("265638804066b53652729a6113cb8f9d0acc14e477cf2118b5ad2e14e21eba32");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void aFileNameTellsNothingOfThePerson() {
        UUID record = new UUID(1, 2);

        String name = FileNames.of(RecordKind.LAB, Specs.DAY, record, "application/pdf");

        assertThat(name).matches("LAB_2026-03-14_[0-9A-HJKMNP-TV-Z]{2}\\.pdf");
        assertThat(FileNames.of(RecordKind.LAB, Specs.DAY, record, "application/pdf"))
                .isEqualTo(name);
        assertThat(FileNames.of(RecordKind.LAB, Specs.DAY, record, "application/x-unheard-of"))
                .endsWith(".bin");
    }

    @Test
    void theMailDomainOfTheSiteIsUsed() {
        var forge = new Forge(
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "post.hospital.example");

        assertThat(forge.patient(Specs.PATIENT, Locale.UK).mail()).endsWith("@post.hospital.example");
    }
}

package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DICOM doubles are read by a reader of our own here, and by dcmtk where it is installed. */
class DicomDoubleTest {

    private static final List<String> KEPT = List.of(
            "1.2.840.10008.1.2",
            "1.2.840.10008.1.2.1",
            "1.2.840.10008.1.2.2",
            "1.2.840.10008.1.2.4.50",
            "1.2.840.10008.1.2.5");

    @TempDir
    Path folder;

    private static DecoySpec spec(RecordKind kind, String syntax, long bytes, long record) {
        return Specs.of(kind, "application/dicom", syntax, bytes, Locale.UK, record);
    }

    /** Explicit little endian elements of the top level, by tag. */
    private static Map<String, byte[]> read(byte[] file) {
        assertThat(new String(file, 128, 4, StandardCharsets.US_ASCII)).isEqualTo("DICM");
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(132);
        var all = new LinkedHashMap<String, byte[]>();
        long before = -1;
        while (in.hasRemaining()) {
            int group = in.getShort() & 0xffff;
            int element = in.getShort() & 0xffff;
            long tag = ((long) group << 16) | element;
            assertThat(tag).as("order of tags").isGreaterThan(before);
            before = tag;
            String vr = "" + (char) in.get() + (char) in.get();
            boolean isLong = List.of("OB", "OW", "SQ", "UN", "UT").contains(vr);
            long length = isLong ? in.getInt(in.position() + 2) & 0xffffffffL : in.getShort() & 0xffff;
            in.position(in.position() + (isLong ? 6 : 0));
            byte[] value = new byte[length == 0xffffffffL ? in.remaining() : (int) length];
            in.get(value);
            all.put(String.format(Locale.ROOT, "%08X", tag), value);
        }
        return all;
    }

    private static String string(Map<String, byte[]> elements, String tag) {
        return new String(elements.getOrDefault(tag, new byte[0]), StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .strip();
    }

    private static int number(Map<String, byte[]> elements, String tag) {
        return ByteBuffer.wrap(elements.getOrDefault(tag, new byte[2]))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getShort()
                & 0xffff;
    }

    @ParameterizedTest
    @ValueSource(longs = {2100, 5000, 60_000, 700_000, 3_000_000, 40_000_000})
    void pixelsAreAsManyAsTheHeaderSays(long bytes) {
        Map<String, byte[]> e = read(Specs.bytes(spec(RecordKind.IMAGING, "", bytes, 1)));
        int frames = string(e, "00280008").isEmpty() ? 1 : Integer.parseInt(string(e, "00280008"));

        assertThat(e.getOrDefault("7FE00010", new byte[0]))
                .hasSize(2 * frames * number(e, "00280010") * number(e, "00280011"));
        assertThat(string(e, "00020010")).isEqualTo("1.2.840.10008.1.2.1");
    }

    /** Once the header of a small picture was longer than had been reckoned with, and the private block had no room. */
    @Test
    void smallPicturesOfAllDimensionsAreExact() {
        for (String syntax : KEPT) {
            for (long bytes = 2048; bytes < 9000; bytes += 150) {
                Decoy decoy = Specs.forge().forge(spec(RecordKind.IMAGING, syntax, bytes, bytes));
                assertThat(Specs.bytes(decoy)).as("%s of %s", syntax, bytes).hasSize((int) decoy.size());
            }
        }
    }

    @Test
    void thePersonIsTheTwin() {
        TwinPatient person = Specs.forge().patient(Specs.PATIENT, Locale.UK);
        Map<String, byte[]> e = read(Specs.bytes(spec(RecordKind.IMAGING, "", 90_000, 1)));

        assertThat(string(e, "00100010")).isEqualTo(person.family() + "^" + person.given());
        assertThat(string(e, "00100020")).isEqualTo(person.number());
        assertThat(string(e, "00100040")).isEqualTo(person.sex().equals("female") ? "F" : "M");
    }

    @Test
    void whatIsDoneOnOneDayIsOneStudyOfDifferentInstances() {
        Map<String, byte[]> one = read(Specs.bytes(spec(RecordKind.IMAGING, "", 90_000, 1)));
        Map<String, byte[]> two = read(Specs.bytes(spec(RecordKind.IMAGING, "", 90_000, 2)));

        assertThat(string(one, "0020000D")).isEqualTo(string(two, "0020000D")).startsWith("2.25.");
        assertThat(string(one, "00080018"))
                .isNotEqualTo(string(two, "00080018"))
                .isEqualTo(string(one, "00020003"));
    }

    @Test
    void theTransferSyntaxIsKeptWhereWeCanAndExplicitElsewhere() {
        for (String syntax : KEPT) {
            assertThat(new String(
                            Specs.bytes(spec(RecordKind.IMAGING, syntax, 30_000, 1)),
                            0,
                            400,
                            StandardCharsets.ISO_8859_1))
                    .contains(syntax + (syntax.length() % 2 == 1 ? "\0" : ""));
        }
        Map<String, byte[]> jpeg2000 = read(Specs.bytes(spec(RecordKind.IMAGING, "1.2.840.10008.1.2.4.90", 30_000, 1)));
        assertThat(string(jpeg2000, "00020010")).isEqualTo("1.2.840.10008.1.2.1");
    }

    @Test
    void aJpegInsideDecodes() throws IOException {
        Map<String, byte[]> e = read(Specs.bytes(spec(RecordKind.IMAGING, "1.2.840.10008.1.2.4.50", 60_000, 1)));
        byte[] pixels = e.getOrDefault("7FE00010", new byte[0]);

        var image = ImageIO.read(new ByteArrayInputStream(Arrays.copyOfRange(pixels, 16, pixels.length - 8)));

        assertThat(image.getWidth()).isEqualTo(number(e, "00280011"));
        assertThat(image.getHeight()).isEqualTo(number(e, "00280010"));
    }

    @Test
    void aWaveformIsAnElectrocardiogram() {
        Map<String, byte[]> e = read(Specs.bytes(spec(RecordKind.WAVEFORM, "", 200_000, 1)));

        assertThat(string(e, "00080060")).isEqualTo("ECG");
        assertThat(e).containsKey("54000100");
    }

    /** dcmtk's dcmdump, if it is on the path: no error, no warning, in every transfer syntax. */
    @Test
    void dcmtkReadsThem() throws Exception {
        assumeThat(onPath("dcmdump")).as("dcmdump is not installed").isTrue();
        for (String syntax : KEPT) {
            for (long bytes : new long[] {2500, 50_000, 1_300_000}) {
                for (RecordKind kind : List.of(RecordKind.IMAGING, RecordKind.WAVEFORM)) {
                    Path file = Files.write(folder.resolve("double.dcm"), Specs.bytes(spec(kind, syntax, bytes, 1)));
                    assertThat(run("dcmdump", "-q", file.toString()))
                            .as("%s %s %s", syntax, bytes, kind)
                            .doesNotContain("E: ")
                            .doesNotContain("W: ");
                }
            }
        }
    }

    /**
     * dciodvfy of dicom3tools, if it is on the path: no object misses what its definition requires. Its one warning is about the
     * private block, which no dictionary knows.
     */
    @Test
    void everyObjectIsWhatItsDefinitionRequires() throws Exception {
        assumeThat(onPath("dciodvfy")).as("dciodvfy is not installed").isTrue();
        for (String syntax : KEPT) {
            for (long bytes : new long[] {2500, 50_000, 530_000, 1_300_000, 30_000_000}) {
                for (RecordKind kind : List.of(RecordKind.IMAGING, RecordKind.WAVEFORM)) {
                    for (long record = 1; record <= (bytes < 1_000_000 ? 4 : 1); record++) {
                        Path file = Files.write(
                                folder.resolve("double.dcm"), Specs.bytes(spec(kind, syntax, bytes, record)));
                        assertThat(run("dciodvfy", file.toString()).lines())
                                .as("%s %s %s %s", syntax, bytes, kind, record)
                                .noneMatch(line -> line.contains("Error"))
                                .noneMatch(line -> line.contains("Warning") && !line.contains("(0x0029,0x1010)"));
                    }
                }
            }
        }
    }

    /** The run-length planes and the JPEG decode to as many pixels as the header says. */
    @Test
    void dcmtkDecodesThem() throws Exception {
        assumeThat(onPath("dcmdrle") && onPath("dcmdjpeg"))
                .as("dcmtk is not installed")
                .isTrue();
        for (var tool : Map.of("dcmdrle", "1.2.840.10008.1.2.5", "dcmdjpeg", "1.2.840.10008.1.2.4.50")
                .entrySet()) {
            Path file = Files.write(
                    folder.resolve("packed.dcm"), Specs.bytes(spec(RecordKind.IMAGING, tool.getValue(), 300_000, 1)));
            Path plain = folder.resolve("plain.dcm");
            assertThat(run(tool.getKey(), file.toString(), plain.toString())).doesNotContain("E: ");
            Map<String, byte[]> e = read(Files.readAllBytes(plain));
            int perPixel = tool.getKey().equals("dcmdrle") ? 2 : 1;
            assertThat(e.getOrDefault("7FE00010", new byte[0]).length)
                    .isBetween(
                            perPixel * number(e, "00280010") * number(e, "00280011"),
                            perPixel * number(e, "00280010") * number(e, "00280011") + 1);
        }
    }

    private static boolean onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1)).anyMatch(p -> Files.isExecutable(Path.of(p, tool)));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioSystem;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every double opens in the parser of somebody else, and they all tell of one person. */
class ReadableByOthersTest {

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final TwinPatient PERSON = Specs.forge().patient(Specs.PATIENT, Locale.UK);

    private static String text(DecoySpec spec) {
        return new String(Specs.bytes(spec), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {2000, 7000, 60_000, 300_000})
    void fhirJsonPassesTheStrictParser(long bytes) {
        checkBundle(FHIR.newJsonParser(), Specs.of(RecordKind.BUNDLE, "application/fhir+json", bytes));
        checkBundle(FHIR.newJsonParser(), Specs.of(RecordKind.BUNDLE, "application/json", bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {2000, 7000, 60_000})
    void fhirXmlPassesTheStrictParser(long bytes) {
        checkBundle(FHIR.newXmlParser(), Specs.of(RecordKind.BUNDLE, "application/fhir+xml", bytes));
    }

    private static void checkBundle(IParser parser, DecoySpec spec) {
        parser.setParserErrorHandler(new StrictErrorHandler());
        Bundle bundle = parser.parseResource(Bundle.class, text(spec));
        Patient patient = (Patient) bundle.getEntryFirstRep().getResource();

        assertThat(patient.getNameFirstRep().getText()).isEqualTo(PERSON.name());
        assertThat(patient.getBirthDateElement().getValueAsString())
                .isEqualTo(PERSON.birthDate().toString());
        assertThat(bundle.getEntry())
                .allSatisfy(entry -> assertThat(entry.getFullUrl()).startsWith("urn:uuid:"));
    }

    @Test
    void aTinyFhirFileIsOneResource() {
        IParser parser = FHIR.newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());

        assertThat(parser.parseResource(text(Specs.of(RecordKind.BUNDLE, "application/fhir+json", 400)))
                        .fhirType())
                .isEqualTo("Observation");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1000, 3000, 9000, 100_000, 900_000})
    void pdfOpensAndNamesThePerson(long bytes) throws IOException {
        try (var document = Loader.loadPDF(Specs.bytes(Specs.of(RecordKind.REPORT, "application/pdf", bytes)))) {
            assertThat(document.getNumberOfPages()).isPositive();
            assertThat(new PDFTextStripper().getText(document)).contains(PERSON.name());
            BufferedImage last = new PDFRenderer(document).renderImageWithDPI(document.getNumberOfPages() - 1, 20);
            assertThat(last.getWidth()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/gif"})
    void picturesDecode(String type) throws IOException {
        for (long bytes : new long[] {90, 700, 5000, 120_000}) {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(Specs.bytes(Specs.of(RecordKind.IMAGING, type, bytes))));
            assertThat(image).as("%s of %s", type, bytes).isNotNull();
            assertThat((long) image.getWidth() * image.getHeight()).isGreaterThan(bytes <= 5000 ? 0 : bytes / 4);
        }
    }

    @Test
    void aWaveIsSoundThatIsNotSilence() throws Exception {
        for (long bytes : new long[] {60, 5000, 120_000}) {
            byte[] file = Specs.bytes(Specs.of(RecordKind.WAVEFORM, "audio/wav", bytes));
            try (var sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
                assertThat(sound.getFormat().getSampleSizeInBits()).isEqualTo(16);
                assertThat(sound.getFrameLength()).isEqualTo((file.length - 44) / 2);
                byte[] samples = sound.readAllBytes();
                assertThat(IntStream.range(0, samples.length)
                                .map(i -> samples[i])
                                .distinct()
                                .count())
                        .isGreaterThan(6);
            }
        }
    }

    @Test
    void aStoredPngDecodes() throws IOException {
        var plan = Png.plan(Png.LARGEST + 12_345, Phantom.Kind.HEAD, Keystream.Key.root(new byte[32]), Specs.DAY);
        try (var in = plan.bytes().get()) {
            byte[] bytes = in.readAllBytes();
            assertThat(bytes).hasSize((int) plan.size());
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes))
                            .getColorModel()
                            .getPixelSize())
                    .isEqualTo(16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml", "application/hl7-cda+xml", "application/fhir+xml"})
    void xmlIsWellFormed(String type) throws Exception {
        for (long bytes : new long[] {60, 900, 5000, 80_000}) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var document = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(Specs.bytes(Specs.of(RecordKind.REPORT, type, bytes))));
            assertThat(document.getDocumentElement().getTagName())
                    .isIn("ClinicalDocument", "Bundle", "note", "Observation");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/zip",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            })
    void archivesUnpack(String type) throws IOException {
        for (long bytes : new long[] {2500, 40_000, 400_000}) {
            int files = 0;
            try (var zip = new ZipInputStream(
                    new ByteArrayInputStream(Specs.bytes(Specs.of(RecordKind.ATTACHMENT, type, bytes))))) {
                while (zip.getNextEntry() != null) {
                    zip.readAllBytes();
                    files++;
                }
            }
            assertThat(files).isPositive();
        }
    }

    @Test
    void tablesHaveAsManyCellsInEveryRow() {
        for (long bytes : new long[] {600, 20_000, 500_000}) {
            for (RecordKind kind : List.of(RecordKind.LAB, RecordKind.WAVEFORM)) {
                List<String> rows =
                        text(Specs.of(kind, "text/csv", bytes)).lines().toList();
                int cells = rows.get(0).split(",", -1).length;
                assertThat(rows)
                        .allSatisfy(row -> assertThat(
                                        row.replaceAll("\"[^\"]*\"", "").split(",", -1))
                                .hasSize(cells));
            }
        }
    }

    @Test
    void theMeanPressureOfAMonitorIsComputed() {
        text(Specs.of(RecordKind.LAB, "text/csv", 600_000))
                .lines()
                .skip(1)
                .limit(500)
                .map(row -> row.split(",", -1))
                .forEach(cells -> {
                    int systolic = Integer.parseInt(cells[4]);
                    int diastolic = Integer.parseInt(cells[5]);
                    assertThat(Integer.parseInt(cells[6])).isEqualTo((systolic + 2 * diastolic + 1) / 3);
                });
    }

    @Test
    void theLeadsOfAnElectrocardiogramObeyEinthoven() {
        text(Specs.of(RecordKind.WAVEFORM, "text/csv", 60_000))
                .lines()
                .skip(1)
                .limit(900)
                .map(row -> row.split(",", -1))
                .forEach(cells -> {
                    assertThat(Integer.parseInt(cells[3]))
                            .isEqualTo(Integer.parseInt(cells[2]) - Integer.parseInt(cells[1]));
                });
    }

    @Test
    void anHl7MessageHasItsSegments() {
        List<String> lines = List.of(text(Specs.of(RecordKind.MESSAGE, "x-application/hl7-v2+er7", 12_000))
                .split("\r", -1));

        assertThat(lines.get(0)).startsWith("MSH|^~\\&|");
        assertThat(lines.get(1))
                .startsWith("PID|1||" + PERSON.number() + "^^^HOSP^MR||" + PERSON.family() + "^" + PERSON.given());
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(line).matches("(MSH|PID|PV1|OBR|OBX|NTE)\\|.*"));
        assertThat(lines.get(lines.size() - 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html",
                "application/rtf",
                "application/xml",
                "application/fhir+json",
                "x-application/hl7-v2+er7"
            })
    void allTellOfTheSamePerson(String type) {
        String text = text(Specs.of(RecordKind.REPORT, type, 20_000));

        assertThat(text).contains(PERSON.given()).contains(PERSON.family()).contains(PERSON.number());
    }

    @Test
    void aRecordingHasANumberAndACheckInEveryBlock() {
        byte[] bytes = Specs.bytes(Specs.of(RecordKind.ATTACHMENT, "application/octet-stream", 300_000));
        var buffer = java.nio.ByteBuffer.wrap(bytes);
        int head = buffer.getInt(4);
        buffer.position(8 + head);

        for (int number = 0; buffer.hasRemaining(); number++) {
            assertThat(buffer.getInt()).isEqualTo(0xFA55C0DE);
            assertThat(buffer.getLong()).isEqualTo(number);
            byte[] block = new byte[buffer.getInt()];
            long check = buffer.getLong();
            buffer.get(block);
            var crc = new java.util.zip.CRC32();
            crc.update(block);
            assertThat(check).isEqualTo(crc.getValue());
        }
    }

    @Test
    void aGermanPersonIsWrittenInGerman() {
        var spec = Specs.of(RecordKind.NOTE, "text/plain", "", 4000, Locale.GERMANY, 1);

        assertThat(text(spec)).contains("Diagnosen").contains("Medikation").contains("mmHg");
    }
}

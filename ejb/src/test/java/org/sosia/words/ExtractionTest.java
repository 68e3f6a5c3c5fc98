package org.sosia.words;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.Normaliser;

/** Which words are drawn from which content, and that no content, however hostile, costs more than it may. */
class ExtractionTest {

    private static Set<String> words(String mediaType, byte[] content, String... typed) {
        return Extraction.words(new Normaliser(Locale.UK), mediaType, List.of(typed), gathered(content)).stream()
                .map(keyword ->
                        keyword.field().equals("text") ? keyword.word() : keyword.field() + ":" + keyword.word())
                .collect(Collectors.toSet());
    }

    private static Gathering gathered(byte[] content) {
        Gathering gathering = new Gathering();
        try (OutputStream passing = gathering.beside(OutputStream.nullOutputStream())) {
            for (int from = 0; from < content.length; from += 4096) {
                passing.write(content, from, Math.min(4096, content.length - from));
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return gathering;
    }

    @Test
    void aTextGivesItsWordsAndCodesAndWhatWasTyped() {
        assertThat(words("text/plain", "Café: J18.9, a BP of 120/80 — ÉTÉ".getBytes(UTF_8), "Chest"))
                .containsExactlyInAnyOrder("chest", "cafe", "j189", "j18", "bp", "of", "120", "80", "ete");
    }

    @Test
    void germanReadersFindUmlautsEitherWay() {
        var german = Extraction.words(
                new Normaliser(Locale.GERMANY), "text/plain", List.of(), gathered("Müdigkeit, Füße".getBytes(UTF_8)));
        assertThat(german).contains(new Keyword("text", "muedigkeit"), new Keyword("text", "fuesse"));
    }

    @Test
    void scriptsOfIndiaKeepTheirVowels() {
        assertThat(words("text/plain", "सीने में दर्द, நெஞ்சு வலி".getBytes(UTF_8)))
                .contains("दर्द", "நெஞ்சு", "வலி");
    }

    @Test
    void fhirGivesCodesWithTheirSystemsAndWhatIsMeantToBeRead() {
        String condition = """
                {"resourceType":"Condition","code":{"coding":[
                {"system":"http://snomed.info/sct","code":"233604007","display":"Pneumonia"},
                {"code":"J18.9","system":"http://hl7.org/fhir/sid/icd-10-cm"}],"text":"Lung infection"},
                "subject":{"display":"Asha Rao","reference":"Patient/1"},"note":[{"text":"improving"}]}""";
        assertThat(words("application/fhir+json", condition.getBytes(UTF_8)))
                .containsExactlyInAnyOrder(
                        "snomed:233604007",
                        "233604007",
                        "icd10:J189",
                        "j189",
                        "pneumonia",
                        "lung",
                        "infection",
                        "improving");
    }

    @Test
    void fhirInXmlAndCdaGiveTheSame() {
        String fhir = """
                <Observation xmlns="http://hl7.org/fhir"><code><coding><system value="http://loinc.org"/>
                <code value="718-7"/><display value="Hemoglobin"/></coding></code></Observation>""";
        assertThat(words("application/fhir+xml", fhir.getBytes(UTF_8)))
                .containsExactlyInAnyOrder("loinc:718-7", "7187", "hemoglobin");
        String cda = """
                <ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge</title>
                <code code="18842-5" codeSystem="2.16.840.1.113883.6.1" displayName="Summary"/>
                <name><given>Asha</given></name><text><paragraph>Stable angina</paragraph></text></ClinicalDocument>""";
        assertThat(words("application/cda+xml", cda.getBytes(UTF_8)))
                .containsExactlyInAnyOrder("discharge", "loinc:18842-5", "188425", "summary", "stable", "angina");
    }

    @Test
    void whatIsCutOffGivesWhatItHas() {
        String bundle = "{\"entry\":[{\"text\":\"Asthma\"},{\"text\":\"Cut";
        assertThat(words("application/fhir+json", bundle.getBytes(UTF_8))).containsExactly("asthma");
        assertThat(words("application/xml", "<a><title>Asthma</title><b".getBytes(UTF_8)))
                .containsExactly("asthma");
    }

    @Test
    void dicomGivesWhatDescribesTheImageAndNotWhomItShows() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(ISO_8859_1));
        element(file, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
        element(file, 0x0008, 0x0005, "CS", "ISO_IR 100");
        element(file, 0x0008, 0x0060, "CS", "CT");
        element(file, 0x0008, 0x1030, "LO", "Thorax_\u00dcbersicht ");
        element(file, 0x0008, 0x0100, "SH", "J18.9");
        element(file, 0x0008, 0x0102, "SH", "I10 ");
        element(file, 0x0010, 0x0010, "PN", "Rao^Asha");
        element(file, 0x0018, 0x0015, "CS", "CHEST ");
        element(file, 0x7FE0, 0x0010, "OW", "pixels");
        byte[] whole = file.toByteArray();
        assertThat(words("application/dicom", whole))
                .containsExactlyInAnyOrder("ct", "thorax", "ubersicht", "icd10:J189", "j189", "chest");
        for (int length = 0; length < whole.length; length++) {
            assertThat(words("application/dicom", Arrays.copyOf(whole, length))).doesNotContain("rao", "asha");
        }
    }

    private static void element(ByteArrayOutputStream file, int group, int number, String vr, String value) {
        byte[] bytes = value.getBytes(ISO_8859_1);
        for (int half : new int[] {group, number}) {
            file.write(half);
            file.write(half >> 8);
        }
        file.writeBytes(vr.getBytes(ISO_8859_1));
        if (vr.equals("OW")) {
            file.writeBytes(new byte[] {0, 0, (byte) bytes.length, 0, 0, 0});
        } else {
            file.writeBytes(new byte[] {(byte) bytes.length, 0});
        }
        file.writeBytes(bytes);
    }

    @Test
    void aPdfGivesTheTextOfItsPages() throws Exception {
        assertThat(words("application/pdf", pdf("Echocardiogram: mild stenosis", 1)))
                .contains("echocardiogram", "stenosis");
    }

    private static byte[] pdf(String text, int times) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
                for (int i = 0; i < times; i++) {
                    content.showText(text);
                }
                content.endText();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    // ----------------------------------------------------------------------------------------------- hostile contents

    /** 64 MB of blanks in 64 kB. */
    @Test
    void aPdfThatUnfoldsTooFarIsNotUnfolded() throws Exception {
        byte[] bomb = withStream(deflated(new byte[64 << 20]));
        assertThat(bomb.length).isLessThan(1 << 17);
        assertThatThrownBy(() -> PdfBombs.refuse(bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unfolds");
        assertThat(words("application/pdf", bomb, "typed")).containsExactly("typed");
    }

    @Test
    void aPdfWithAStreamInsideAStreamIsNotUnfolded() throws Exception {
        byte[] bomb = withStream(deflated(deflated(new byte[1 << 20])));
        assertThatThrownBy(() -> PdfBombs.refuse(bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("inside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/LZWDecode",
                "/#4cZWDecode",
                "/RunLengthDecode",
                "/ASCII85Decode",
                "/Encrypt 1 0 R",
                "/Fl#61teDecode"
            })
    void aPdfThatPacksOrHidesItsStreamsOtherwiseIsNotRead(String filter) {
        byte[] packed = ("%PDF-1.7\n1 0 obj <</Filter " + filter + ">> endobj").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> PdfBombs.refuse(packed)).isInstanceOf(IOException.class);
    }

    private static byte[] withStream(byte[] deflated) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(("%PDF-1.7\n1 0 obj <</Filter /FlateDecode /Length " + deflated.length + ">> stream\n")
                .getBytes(ISO_8859_1));
        pdf.writeBytes(deflated);
        pdf.writeBytes("\nendstream endobj\nstartxref\n0\n%%EOF".getBytes(ISO_8859_1));
        return pdf.toByteArray();
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void moreWordsThanAnUpdateCarriesAreLeftOutAndTypedOnesStay() {
        String many = IntStream.range(0, 5_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertThat(words("text/plain", many.getBytes(UTF_8), "typed"))
                .hasSize(Found.MOST_WORDS)
                .contains("typed", "w0")
                .doesNotContain("w4999");
    }

    @Test
    void endlessWordsAreNoWords() {
        assertThat(words("text/plain", "x".repeat(100_000).getBytes(UTF_8))).isEmpty();
        assertThat(words("application/json", ("{\"text\":\"" + "y".repeat(70) + " short\"}").getBytes(UTF_8)))
                .containsExactly("short");
    }

    @Test
    void deepNestingEndsWhereItIsTooDeep() {
        assertThat(words("application/json", ("{\"text\":\"top\",\"a\":" + "{\"a\":".repeat(100_000)).getBytes(UTF_8)))
                .containsExactly("top");
        assertThat(words("application/xml", ("<title>top</title>" + "<a>".repeat(100_000)).getBytes(UTF_8)))
                .isSubsetOf("top");
    }

    @Test
    void noEntityIsResolvedAndNoFileIsRead() {
        String attack = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"boom\">]>"
                + "<a><title>&x;</title><title>&y;</title></a>";
        assertThat(words("application/xml", attack.getBytes(UTF_8))).doesNotContain("root", "boom");
    }

    @Test
    void ofAnEndlessContentTheBeginningIsKept() {
        Gathering gathering = gathered(new byte[Gathering.MOST_BYTES + 1]);
        assertThat(gathering.bytes()).hasSize(Gathering.MOST_BYTES);
        assertThat(gathering.isWhole()).isFalse();
    }
}

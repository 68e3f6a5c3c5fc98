package org.sosia.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a content is recognised as, and what is refused for not being what it is called. */
class SnifferTest {

    private static Inspector.Finding inspect(byte[] content, String name, String declared)
            throws UnsupportedContentException, IOException {
        byte[] head = Arrays.copyOf(content, Math.min(content.length, Sniffer.HEAD_BYTES));
        return Sniffer.inspector(head, name, declared).inspect(new ByteArrayInputStream(content));
    }

    private static String typeOf(byte[] content) throws UnsupportedContentException, IOException {
        return inspect(content, "", "").mediaType();
    }

    private static void refused(byte[] content, String name, String declared, String... reason) {
        assertThatThrownBy(() -> inspect(content, name, declared))
                .isInstanceOfSatisfying(
                        UnsupportedContentException.class,
                        refusal -> assertThat(refusal.reason()).contains(reason));
    }

    @Test
    void everyFormatIsRecognisedWithoutBeingNamed() throws Exception {
        assertThat(typeOf(Samples.png(16, 16))).isEqualTo("image/png");
        assertThat(typeOf(Samples.jpeg())).isEqualTo("image/jpeg");
        assertThat(typeOf(Samples.real("CT_small.dcm"))).isEqualTo("application/dicom");
        assertThat(typeOf("{\"resourceType\":\"Bundle\",\"entry\":[]}".getBytes(UTF_8)))
                .isEqualTo("application/fhir+json");
        assertThat(typeOf("<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\"/>".getBytes(UTF_8)))
                .isEqualTo("application/fhir+xml");
        assertThat(typeOf("<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>".getBytes(UTF_8)))
                .isEqualTo("application/hl7-cda+xml");
        assertThat(typeOf("MSH|^~\\&|LAB|H|||20260314||ORU^R01|1|P|2.5\rPID|1||7\r".getBytes(UTF_8)))
                .isEqualTo("x-application/hl7-v2+er7");
        assertThat(typeOf("Rest and fluids. Grüße.\n".getBytes(UTF_8))).isEqualTo("text/plain");
        assertThat(typeOf(new byte[] {0, 1, 2, 3, (byte) 0xFE})).isEqualTo("application/octet-stream");
    }

    @Test
    void whatTheSenderSaysChoosesAmongWhatTheBytesAllow() throws Exception {
        assertThat(inspect("a,b\n1,2\n".getBytes(UTF_8), "labs.csv", "").mediaType())
                .isEqualTo("text/csv");
        assertThat(inspect("a,b\n1,2\n".getBytes(UTF_8), "", "text/csv; charset=utf-8")
                        .mediaType())
                .isEqualTo("text/csv");
        assertThat(inspect("{\"a\":1}".getBytes(UTF_8), "a.json", "application/json")
                        .mediaType())
                .isEqualTo("application/json");
    }

    @Test
    void aContradictionNamesBothSides() {
        refused(Samples.pdf(), "scan.dcm", "application/dicom", "application/dicom", "application/pdf");
        refused(Samples.png(1, 1), "scan.jpg", "", "image/jpeg", "image/png");
        refused("plain text".getBytes(UTF_8), "", "image/png", "image/png", "text/plain");
        refused(new byte[] {0, 1, 2}, "", "application/pdf", "application/pdf", "application/octet-stream");
        refused(Samples.real("CT_small.dcm"), "CT.png", "application/octet-stream", "image/png", "application/dicom");
        refused("{\"a\":1}".getBytes(UTF_8), "", "application/fhir+json", "application/fhir+json", "application/json");
    }

    /** What nobody here has heard of is kept as bytes, under a double of bytes; what it claims to be it cannot contradict. */
    @ParameterizedTest
    @CsvSource({
        "video/mp4,       film.mp4",
        "image/webp,      scan.webp",
        "application/x-nifti, brain.nii",
        "audio/mpeg,      voice.mp3",
        "model/vnd.unheard-of, thing.xyz"
    })
    void anUnknownTypeIsKeptAsBytes(String declared, String name) throws Exception {
        byte[] bytes = {0, 1, 2, 3, (byte) 0xFE, (byte) 0xFF, 7};

        assertThat(inspect(bytes, name, declared).mediaType()).isEqualTo("application/octet-stream");
        refused(Samples.pdf(), name, declared, declared, "application/pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/x-log", "application/x-yaml", "application/vnd.site.profile"})
    void anUnknownTextIsText(String declared) throws Exception {
        assertThat(inspect("a: 1\nb: 2\n".getBytes(UTF_8), "", declared).mediaType())
                .isEqualTo("text/plain");
        refused("a: 1\n".getBytes(UTF_8), "", "video/mp4", "video/mp4", "text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, note.txt",
        "image/svg+xml, ''",
        "application/javascript, ''",
        "application/java-archive, a.zip",
        "application/octet-stream, setup.exe",
        "'', letter.docm",
        "application/x-sh, ''"
    })
    void whatAMachineWouldRunIsRefusedByItsNameToo(String declared, String name) {
        refused(new byte[] {0, 1, 2}, name, declared, "active content");
    }

    @ParameterizedTest
    @CsvSource({"image/tiff, scan.tif", "image/bmp, scan.bmp", "image/gif, scan.gif", "audio/wav, heart.wav"})
    void aPictureOrSoundIsFollowedToItsEnd(String type, String name) throws Exception {
        for (long bytes : new long[] {5_000, 70_000}) {
            byte[] whole = Samples.forged(type, bytes);

            assertThat(typeOf(whole)).isEqualTo(type);
            assertThat(inspect(whole, name, type).mediaType()).isEqualTo(type);
            refused(whole, "scan.png", "", "image/png", type);
            refused(new byte[] {0, 1, 2, (byte) 0xFE}, name, "", type, "application/octet-stream");
        }
        if (!type.equals("image/tiff")) {
            byte[] whole = Samples.forged(type, 5_000);
            refused(Arrays.copyOf(whole, whole.length - 300), name, type, "truncated");
        }
    }

    @Test
    void aFloodOfPixelsIsRefused() {
        byte[] flood = new byte[60];
        flood[0] = 'B';
        flood[1] = 'M';
        flood[10] = 54;
        flood[14] = 40;
        flood[21] = 0x7F;
        flood[25] = 0x7F;
        refused(flood, "a.bmp", "", "more pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u007fELF\u0002\u0001", "#!/bin/sh\nrm -rf /\n", "MZ\u0090\u0000\u0003"})
    void programsAreRefused(String start) {
        refused(start.getBytes(ISO_8859_1), "", "", "program");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><p>x",
                "<html><script>alert(1)</script></html>",
                "  <script>alert(1)</script>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
                "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "<?xml version=\"1.0\"?><x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/>"
            })
    void whatABrowserWouldRunIsRefused(String content) {
        refused(content.getBytes(UTF_8), "", "", "active content");
    }

    @Test
    void textIsUtf8OrItIsNotText() throws Exception {
        byte[] latin = "Grüße".getBytes(ISO_8859_1);

        refused(latin, "note.txt", "", "text/plain");
        refused("note".getBytes(UTF_16), "note.txt", "text/plain", "text/plain");
        byte[] late = Arrays.copyOf("x".repeat(10_000).getBytes(UTF_8), 10_001);
        refused(late, "note.txt", "", "UTF-8");
        assertThat(inspect(late, "", "").mediaType()).isEqualTo("application/octet-stream");
    }

    @Test
    void aCharacterCutByTheHeadIsStillText() throws Exception {
        for (int shift = 0; shift < 4; shift++) {
            String text = "x".repeat(shift) + "\uD83E\uDE7A".repeat(2_000);

            assertThat(typeOf(text.getBytes(UTF_8))).isEqualTo("text/plain");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,2",
                "{\"a\":01}",
                "{\"a\":\"\\x\"}",
                "{} {}",
                "{\"a\":tru}",
                "{\"a\":1e}",
                "{\"a\" 1}",
                "{a:1}",
                "\"open"
            })
    void brokenJsonIsRefused(String json) {
        refused(json.getBytes(UTF_8), "a.json", "application/json", "JSON");
    }

    @Test
    void jsonThatNestsWithoutEndIsRefusedBeforeTheStackIs() {
        refused("[".repeat(1_000_000).getBytes(UTF_8), "a.json", "", "deeper");
        refused("{\"a\":".repeat(1_000_000).getBytes(UTF_8), "a.json", "", "deeper");
    }

    @Test
    void aResourceTypeCountsOnTheTopOnly() throws Exception {
        assertThat(typeOf("{\"x\":{\"resourceType\":\"Bundle\"}}".getBytes(UTF_8)))
                .isEqualTo("application/json");
    }

    @Test
    void aDocumentTypeDeclarationIsRefusedWithoutReadingAnything() {
        String external = "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"&x;\"/></Bundle>";
        refused(external.getBytes(UTF_8), "bundle.xml", "application/fhir+xml", "document type declaration");
        refused(
                "<?xml version=\"1.0\"?><!DOCTYPE b SYSTEM \"http://127.0.0.1:9/x.dtd\"><b/>".getBytes(UTF_8),
                "b.xml",
                "",
                "document type declaration");
    }

    @Test
    void aBillionLaughsAreRefused() {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"ha\">");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append("<!ENTITY ").append(c).append(" \"");
            bomb.append(("&" + (char) (c - 1) + ";").repeat(10)).append("\">");
        }
        bomb.append("]><b>&j;</b>");

        refused(bomb.toString().getBytes(UTF_8), "b.xml", "", "document type declaration");
    }

    @Test
    void xmlThatNestsWithoutEndOrBreaksOffIsRefused() {
        refused("<a>".repeat(100_000).getBytes(UTF_8), "a.xml", "", "deeper");
        refused("<?xml version=\"1.0\"?><a><b></a>".getBytes(UTF_8), "a.xml", "", "well formed");
        refused("<?xml version=\"1.0\"?><a>&undeclared;</a>".getBytes(UTF_8), "a.xml", "", "");
        refused("<?xml version=\"1.0\"?><a/><b/>".getBytes(UTF_8), "a.xml", "", "well formed");
        refused(
                "<?xml version=\"1.0\"?><?xml-stylesheet href=\"http://evil.example/x.xsl\"?><a/>".getBytes(UTF_8),
                "a.xml",
                "",
                "stylesheet");
    }

    @Test
    void anAttributeThatFillsTheMemoryIsRefused() {
        byte[] huge = new byte[40 << 20];
        Arrays.fill(huge, (byte) 'x');
        byte[] start = "<?xml version=\"1.0\"?><a b=\"".getBytes(UTF_8);
        System.arraycopy(start, 0, huge, 0, start.length);

        refused(huge, "a.xml", "", "larger");
    }

    @Test
    void everyCutOfAPictureIsRefused() {
        for (byte[] whole : new byte[][] {Samples.png(16, 16), Samples.jpeg()}) {
            for (int length = 12; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);

                assertThatThrownBy(() -> typeOf(cut))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(UnsupportedContentException.class);
            }
        }
    }

    @Test
    void aPixelFloodIsRefused() {
        refused(Samples.png(1_000_000, 1_000_000), "a.png", "", "pixels");
        refused(Samples.png(Integer.MIN_VALUE, 2), "a.png", "", "pixels");
    }

    @Test
    void whatFollowsThePictureIsRefused() {
        byte[] whole = Samples.png(16, 16);
        byte[] more = Arrays.copyOf(whole, whole.length + 1);

        refused(more, "a.png", "", "follows");
    }

    @Test
    void anHl7MessageWithALineThatIsNoSegmentIsRefused() {
        refused("MSH|^~\\&|A\rpid|1\r".getBytes(UTF_8), "m.hl7", "", "HL7");
    }

    @Test
    void aDeepNameIsJustAName() throws Exception {
        assertThat(inspect("x".getBytes(UTF_8), "../../etc/passwd\u0000<script>.txt", "")
                        .mediaType())
                .isEqualTo("text/plain");
    }
}

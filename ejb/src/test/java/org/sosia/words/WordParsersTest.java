package org.sosia.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;
import org.sosia.upload.Samples;

/** Words are drawn from every content that is taken in, and from what somebody types. */
class WordParsersTest extends FuzzedParsers {

    private static final Normaliser GERMAN = new Normaliser(Locale.GERMAN);

    @Override
    public List<Parser> parsers() throws IOException {
        return List.of(
                words(
                        "words of DICOM",
                        "application/dicom",
                        Samples.real("UN_sequence.dcm"),
                        Samples.real("nested_priv_SQ.dcm"),
                        Samples.real("reportsi_with_empty_number_tags.dcm"),
                        Samples.real("MR_small_bigendian.dcm")),
                words("words of PDF", "application/pdf", pdf(), Samples.forgedSmall("application/pdf"))
                        .allocating(256L << 20),
                words("words of JSON", "application/fhir+json", Samples.forgedSmall("application/fhir+json")),
                words(
                        "words of XML",
                        "application/xml",
                        Samples.forgedSmall("application/fhir+xml"),
                        Samples.forgedSmall("application/hl7-cda+xml")),
                words("words of a text", "text/plain", "M\u00fcdigkeit bei J18.9; LOINC 718-7".getBytes(UTF_8)),
                Parser.ofText(
                        "typed words",
                        text -> {
                            List<String> typed = Arrays.asList(text.split("\n", -1));
                            Terms.of(GERMAN, typed);
                            return Terms.offered(GERMAN, typed);
                        },
                        "asthma\nicd10:J18.9",
                        "LOINC: 718-7\nsnomed:233604007"));
    }

    private static Parser words(String name, String mediaType, byte[]... seeds) {
        return Parser.judging(
                name,
                bytes -> {
                    Gathering gathering = new Gathering();
                    try (OutputStream passing = gathering.beside(OutputStream.nullOutputStream())) {
                        passing.write(bytes);
                    }
                    Extraction.words(GERMAN, mediaType, List.of(), gathering);
                },
                seeds);
    }

    private static byte[] pdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
                content.showText("Echocardiogram: mild stenosis");
                content.endText();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}

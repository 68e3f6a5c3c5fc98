package org.sosia.words;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody hands in a PDF of some hundred bytes that costs the hospital minutes and all its memory when text is drawn from it: a font's
 * character map that stands for a milliard of characters, a packing whose name lies in another packed stream, a table with rows as long as
 * memory, a page packed as a picture of all pixels that there are, or many streams that break off when they have unfolded.
 */
class PdfBombAttackTest {

    private static final String MAP =
            "/CIDInit /ProcSet findresource begin begincmap\n1 beginbfrange %s\nendbfrange endcmap\n";

    private static void refuses(byte[] pdf, String why) {
        assertThatThrownBy(() -> PdfBombs.refuse(pdf))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<00000000> <0FFFFFFF> <00000041>",
                "<00 00 00 00>%\n<0F FF FF FF>\t<00000041>",
                "<0041> <0042> <0061> <00000000> <0FFFFFFF> <00000041>",
                "<00000000> <7FFFFFFF> [<0041>]"
            })
    void aFontThatStandsForMoreCharactersThanThereAreIsNotLoaded(String ranges) throws IOException {
        refuses(pdf(deflated(MAP.formatted(ranges))), "more characters");
        refuses(pdf(MAP.formatted(ranges).getBytes(ISO_8859_1)), "more characters");
    }

    @Test
    void manyFontsTogetherMayNotEither() throws IOException {
        byte[] map = pdf(deflated(MAP.formatted("<0000> <FFFF> <0000>")));
        assertThatCode(() -> PdfBombs.refuse(map)).doesNotThrowAnyException();
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 17; i++) {
            many.writeBytes(map);
        }
        refuses(many.toByteArray(), "more characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(no code) <0FFFFFFF> <00000041>",
                "<000000000000> <FFFFFFFFFFFF> <0041>",
                "<00000000> /x <0FFFFFFF> <00000041>",
                "%1\n%2\n%3\n%4\n%5\n<00000000> <0FFFFFFF> <00000041>"
            })
    void rangesThatCannotBeCountedAreNotLoaded(String ranges) throws IOException {
        refuses(pdf(deflated(MAP.formatted(ranges))), "no known way");
    }

    @Test
    void rangesAsWritersWriteThemAreLoaded() throws IOException {
        byte[] usual = pdf(deflated(MAP.formatted(
                "<0003> <0005> <0020>\n<0024> <0026> [<0041> <0042> <00660069>]\n% Latin\n<44><5d><0061>")));
        assertThatCode(() -> PdfBombs.refuse(usual)).doesNotThrowAnyException();
    }

    /** The page's stream says only where the name of its packing stands. */
    @Test
    void aPackingWhoseNameIsPackedItselfIsFound() throws IOException {
        refuses(pdf(deflated("6 0 7 15 \n/LZWDecode     <</Predictor 12>>")), "otherwise");
        refuses(pdf(deflated("%\n6 0 /L#5aWDecode")), "otherwise");
        refuses(pdf(deflated("6 0 " + " ".repeat(8180) + "/RunLengthDecode")), "otherwise");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/Columns 250000000", "/Columns 8 0 R", "/Columns%\n250000000", "/BitsPerComponent 99999999"})
    void rowsAsLongAsMemoryAreNotUnpacked(String row) throws IOException {
        refuses((new String(pdf(deflated("x")), ISO_8859_1) + row).getBytes(ISO_8859_1), "otherwise");
        refuses(pdf(deflated("6 0 <<" + row + ">>")), "otherwise");
        assertThatCode(() -> PdfBombs.refuse("%PDF /Columns 4/BitsPerComponent 8".getBytes(ISO_8859_1)))
                .doesNotThrowAnyException();
    }

    /** Of two thousand bytes a decoder of pictures makes all the pixels that they promise. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/DCTDecode", "[/FlateDecode /CCITTFaxDecode]", "[/JPXDecode]", "[/FlateDecode /FlateDecode]"})
    void textThatIsPackedAsAPictureIsNotUnpacked(String packing) throws IOException {
        for (String use :
                List.of("/Contents 4 0 R", "/Contents [4 0 R]", "/F <</ToUnicode 4 0 R>>", "/CharProcs <</a 4 0 R>>")) {
            for (String called : List.of("/Subtype /Image", "")) {
                assertThatThrownBy(() -> load(use, called + "/Filter " + packing))
                        .as(use + called)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("as a picture");
            }
        }
        assertThatCode(() -> load("/XObject <</P 4 0 R>>", "/Subtype /Image /Filter " + packing))
                .doesNotThrowAnyException();
        assertThatCode(() -> load("/Contents 4 0 R", "/Filter [/FlateDecode]")).doesNotThrowAnyException();
    }

    private static void load(String use, String stream) throws IOException {
        String pdf = """
                %%PDF-1.7
                1 0 obj
                <</Type /Catalog /Pages 2 0 R>>
                endobj
                2 0 obj
                <</Type /Pages /Kids [3 0 R] /Count 1>>
                endobj
                3 0 obj
                <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] %s>>
                endobj
                4 0 obj
                <<%s /Length 1>>
                stream
                x
                endstream
                endobj
                trailer
                <</Root 1 0 R /Size 5>>
                startxref
                0
                %%%%EOF
                """.formatted(use, stream);
        try (PDDocument document = Loader.loadPDF(pdf.getBytes(ISO_8859_1))) {
            PdfBombs.refuse(document);
        }
    }

    /** A damaged stream is read up to its damage: what came before counts. */
    @Test
    void streamsThatBreakOffWhenTheyHaveUnfoldedCount() throws IOException {
        byte[] half = deflated(" ".repeat(20 << 20));
        byte[] damaged = Arrays.copyOf(half, half.length + 200);
        byte[] noise = new byte[204];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, damaged, half.length - 4, noise.length);
        ByteArrayOutputStream three = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            three.writeBytes(pdf(damaged));
        }
        refuses(three.toByteArray(), "unfolds");
    }

    private static byte[] pdf(byte[] stream) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(("%PDF-1.7\n1 0 obj <</Filter /FlateDecode /Length " + stream.length + ">> stream\n")
                .getBytes(ISO_8859_1));
        pdf.writeBytes(stream);
        pdf.writeBytes("\nendstream endobj\nstartxref\n0\n%%EOF".getBytes(ISO_8859_1));
        return pdf.toByteArray();
    }

    private static byte[] deflated(String plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(plain.getBytes(ISO_8859_1));
        }
        return packed.toByteArray();
    }
}

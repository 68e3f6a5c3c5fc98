package org.sosia.web.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

class PageTextTest {
    private static PDDocument document(int pages, int lines, String line) throws IOException {
        var document = new PDDocument();
        for (int page = 0; page < pages; page++) {
            var sheet = new PDPage();
            document.addPage(sheet);
            try (var content = new PDPageContentStream(document, sheet)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 8);
                content.newLineAtOffset(20, 700);
                for (int at = 0; at < lines; at++) {
                    content.showText(line + " " + page);
                    content.newLineAtOffset(0, -9);
                }
                content.endText();
            }
        }
        return document;
    }

    @Test
    void aLetterIsReadAsItsText() throws Exception {
        try (var letter = document(1, 2, "no fever since")) {
            assertThat(new PageText().of(letter)).contains("no fever since 0");
        }
    }

    @Test
    void aLongDocumentIsReadUpToItsTwentiethPage() throws Exception {
        try (var book = document(25, 1, "page")) {
            assertThat(new PageText().of(book)).contains("page 19").doesNotContain("page 20");
        }
    }

    @Test
    void aPageThatUnfoldsIsCutOff() throws Exception {
        try (var bomb = document(1, 3000, "x".repeat(80))) {
            assertThat(new PageText().of(bomb)).hasSizeLessThan(80 * 1024).endsWith("…");
        }
    }

    @Test
    void aPageThatDrawsWithoutEndIsLeft() throws Exception {
        try (var bomb = new PDDocument()) {
            var sheet = new PDPage();
            bomb.addPage(sheet);
            try (var content = new PDPageContentStream(bomb, sheet)) {
                for (int at = 0; at < 600_000; at++) {
                    content.moveTo(1, 1);
                }
            }

            assertThat(new PageText().of(bomb)).isEqualTo("…");
        }
    }

    @Test
    void whatIsNoDocumentOrUnfoldsTooFarHasNoText() throws Exception {
        assertThat(PageText.of("no document".getBytes(US_ASCII))).isEmpty();
        var bytes = new ByteArrayOutputStream();
        try (var letter = document(1, 2, "no fever since")) {
            letter.save(bytes);
        }
        assertThat(PageText.of(bytes.toByteArray())).contains("no fever since 0");
        bytes.writeBytes("1 beginbfrange <00000000> <0FFFFFFF> <00000041>".getBytes(US_ASCII));
        assertThat(PageText.of(bytes.toByteArray())).isEmpty();
    }
}

package org.sosia.web.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Contents of which text is shown, and their types. */
class ContentParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() throws IOException {
        return List.of(
                Parser.judging("text of a PDF", PageText::of, pdf()).allocating(256L << 20),
                Parser.ofText("media type that is shown", Preview::of, "application/pdf; version=1.7", "text/plain"));
    }

    private static byte[] pdf() throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
                content.showText("no fever since Monday");
                content.endText();
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}

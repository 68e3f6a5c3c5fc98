package org.sosia.web.content;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.sosia.words.PdfBombs;

/**
 * The text of a document's first pages, as far as it takes a bounded effort to find it: a small file can unfold into an endless one,
 * so what is drawn is counted, and so is what is found.
 */
final class PageText extends PDFTextStripper {
    private static final int PAGES = 20;

    /** A dense page has some ten thousand. */
    private static final int OPERATORS = 500_000;

    private static final int CHARACTERS = 64 * 1024;

    private int operators;
    private int characters;

    PageText() throws IOException {
        setEndPage(PAGES);
    }

    /** The text of a file up to where a bound was reached; none if it is no document, or one that must not be unfolded. */
    static String of(byte[] file) {
        try {
            PdfBombs.refuse(file);
            try (var document = Loader.loadPDF(file)) {
                PdfBombs.refuse(document);
                return new PageText().of(document);
            }
        } catch (IOException | RuntimeException | StackOverflowError damaged) {
            // The library answers damage with whatever comes to hand.
            return "";
        }
    }

    /** The text up to where a bound was reached. */
    String of(PDDocument document) throws IOException {
        var text = new StringWriter();
        try {
            writeText(document, text);
        } catch (EnoughException bounded) {
            text.append(" …");
        }
        return text.toString().strip();
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (++operators > OPERATORS) {
            throw new EnoughException();
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void writeString(String text) throws IOException {
        characters += text.length();
        if (characters > CHARACTERS) {
            throw new EnoughException();
        }
        super.writeString(text);
    }

    /** A bound was reached. */
    private static final class EnoughException extends IOException {}
}

package org.sosia.words;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of the first pages of a PDF that unfolds no further than it may. */
final class PdfWords extends PDFTextStripper {

    private static final int PAGES = 50;

    /** A dense page has some ten thousand. */
    private static final int OPERATORS = 500_000;

    private final Found found;
    private int operators;

    private PdfWords(Found found) throws IOException {
        this.found = found;
        setEndPage(PAGES);
    }

    static void read(byte[] content, Found found) throws IOException {
        PdfBombs.refuse(content);
        try (PDDocument document = Loader.loadPDF(content)) {
            PdfBombs.refuse(document);
            new PdfWords(found).writeText(document, Writer.nullWriter());
        } catch (StackOverflowError nested) {
            throw new IOException("nested deeper than is read", nested);
        }
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (++operators > OPERATORS || found.isFull()) {
            throw new IOException("enough");
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void writeString(String text) {
        found.text(text);
    }
}

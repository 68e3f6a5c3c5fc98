package org.sosia.words;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * The text of a PDF's first pages. A small file can unfold into an endless one, and the library unfolds in memory: so what its streams
 * inflate to is counted before, and a file that packs streams in another way, or hides how, is not read.
 */
final class PdfWords extends PDFTextStripper {

    private static final int PAGES = 50;

    /** A dense page has some ten thousand. */
    private static final int OPERATORS = 500_000;

    private static final long MOST_INFLATED = 48L << 20;

    /** Packings that may unfold further than one inflation, encryption, and letters of names written as numbers. */
    private static final Pattern NOT_READ = Pattern.compile(
            "/(LZW|RunLength|RL[\\s\\]/>]|ASCII85|A85|ASCIIHex|AHx|Encrypt|Crypt)|#(4[1-9A-Fa-f]|5[0-9Aa]|6[1-9A-Fa-f]|7[0-9Aa])");

    private static final Pattern STREAM = Pattern.compile("stream\\r?\\n?");

    private final Found found;
    private int operators;

    private PdfWords(Found found) throws IOException {
        this.found = found;
        setEndPage(PAGES);
    }

    static void read(byte[] content, Found found) throws IOException {
        requireModest(content);
        try (PDDocument document = Loader.loadPDF(content)) {
            new PdfWords(found).writeText(document, Writer.nullWriter());
        } catch (StackOverflowError nested) {
            throw new IOException("nested deeper than is read", nested);
        }
    }

    /** Inflates every stream once into nothing, and counts. */
    static void requireModest(byte[] content) throws IOException {
        String text = new String(content, ISO_8859_1);
        if (NOT_READ.matcher(text).find()) {
            throw new IOException("a PDF that packs its streams otherwise than by deflating");
        }
        long inflated = 0;
        var stream = STREAM.matcher(text);
        while (stream.find()) {
            inflated += inflated(content, stream.end(), MOST_INFLATED - inflated);
        }
    }

    private static long inflated(byte[] content, int from, long most) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            byte[] chunk = new byte[1 << 13];
            long total = 0;
            for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
                if (total == 0 && isDeflated(chunk, n)) {
                    throw new IOException("a stream inside a stream");
                }
                total += n;
                if (total > most) {
                    throw new IOException("a PDF that unfolds too far");
                }
            }
            return total;
        } catch (DataFormatException notDeflated) {
            return 0;
        } finally {
            inflater.end();
        }
    }

    /** Whether what came out of one inflation goes into another. */
    private static boolean isDeflated(byte[] start, int length) {
        Inflater again = new Inflater();
        try {
            again.setInput(start, 0, length);
            return again.inflate(new byte[1]) > 0;
        } catch (DataFormatException plain) {
            return false;
        } finally {
            again.end();
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

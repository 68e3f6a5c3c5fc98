package org.sosia.words;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Tells PDFs that unfold into far more than they are. A small file can stand for an endless one, and the library that draws text from it unfolds
 * in memory: so what its streams inflate to and what its character maps stand for is counted before, and a file that packs streams in another way,
 * or hides how, is left alone. Pictures are not drawn and stay packed.
 *
 * <p><b>Source.</b> ISO 32000-2, 7.3.5 (names), 7.4 (filters), 7.5.7 (object streams), 9.10.3 (character maps).
 */
public final class PdfBombs {

    private static final long MOST_INFLATED = 48L << 20;

    /** A font for every script that a report is written in has some ten thousand; an entry takes some hundred bytes. */
    private static final long MOST_MAPPED = 1L << 20;

    /** A character map for all of Unicode is smaller. */
    private static final int LARGEST_MAP = 4 << 20;

    private static final int CHUNK = 1 << 13;

    /**
     * Packings that may unfold further than one inflation, encryption, the usual packing where its name is hidden, and rows longer than any table
     * or picture has. Only whole names: pictures are noise, in which every short word occurs.
     */
    private static final Pattern NOT_READ = Pattern.compile("/(?:"
            + Stream.of("LZW", "RunLength", "ASCII85", "A85", "ASCIIHex", "AHx", "Encrypt", "Crypt")
                    .map(PdfBombs::spelled)
                    .collect(Collectors.joining("|"))
            + "|" + spelled("RL") + "[\\s\\x00\\[\\]<>/(%]"
            + "|(?=[^\\s\\x00\\[\\]<>/(%]{0,32}#)" + spelled("Fl")
            + "|" + spelled("Columns") + unlessOfDigits(5)
            + "|" + spelled("BitsPerComponent") + unlessOfDigits(2)
            + ")");

    /** Longer is nothing that {@link #NOT_READ} looks for. */
    private static final int OVERLAP = 64;

    private static final Pattern STREAM = Pattern.compile("stream\\r?\\n?");

    /** What an object stream begins with: the number and place of its first object. */
    private static final Pattern OF_OBJECTS = Pattern.compile("[\\s\\x00]*(%|\\d+[\\s\\x00]+\\d+[\\s\\x00])");

    private static final String RANGES = "beginbfrange";
    private static final String GAP = "[\\s\\x00]*+(?:%[^\\r\\n]*+[\\r\\n][\\s\\x00]*+){0,4}+";

    /** A code has four bytes at most. */
    private static final int CODE_DIGITS = 8;

    private static final String CODE = "<([0-9A-Fa-f\\s]{1,32})>";
    private static final Pattern RANGE = Pattern.compile(GAP + CODE + GAP + CODE + GAP + "(<[^>]*+>|\\[[^\\]]*+\\])");
    private static final Pattern RANGES_END = Pattern.compile(GAP + "endbfrange");

    /** Under which names streams stand that are unpacked while text is drawn: pages, fonts, and the glyphs and maps of those. */
    private static final Set<String> READ_AS_TEXT = Set.of(
            "Contents", "ToUnicode", "Encoding", "FontFile", "FontFile2", "FontFile3", "CIDToGIDMap", "CharProcs");

    private static final int DEEPEST = 64;

    private long inflated;
    private long mapped;

    private PdfBombs() {}

    /** A name, each letter as itself or as a number. */
    private static String spelled(String name) {
        return name.chars()
                .mapToObj(letter -> "(?:" + (char) letter + "|(?i:#" + Integer.toHexString(letter) + "))")
                .collect(Collectors.joining());
    }

    /** No number of more digits, and none that stands elsewhere. */
    private static String unlessOfDigits(int most) {
        return "(?!\\s{0,8}\\d{1," + most + "}(?!\\d|\\s+\\d+\\s+R))";
    }

    /**
     * Refuses a PDF that unfolds too far, or of which that cannot be told.
     *
     * @param content the whole file
     * @throws IOException if its text must not be drawn; with a reason of fixed text
     */
    public static void refuse(byte[] content) throws IOException {
        new PdfBombs().look(content);
    }

    /**
     * Refuses a document in which something that is read as text is packed as a picture is: a decoder of pictures makes of some bytes as many
     * pixels as they promise.
     *
     * @param document as the library loaded it; nothing of it was unpacked yet
     * @throws IOException if its text must not be drawn; with a reason of fixed text
     */
    public static void refuse(PDDocument document) throws IOException {
        COSDocument objects = document.getDocument();
        for (COSObjectKey key : List.copyOf(objects.getXrefTable().keySet())) {
            COSBase object = objects.getObjectFromPool(key).getObject();
            if (object instanceof COSStream stream && !isPicture(stream)) {
                requireDeflated(stream);
            }
            requireText(object, 0);
        }
        requireText(objects.getTrailer(), 0);
    }

    private static boolean isPicture(COSStream stream) {
        return COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE));
    }

    /** Looks at what stands in an object itself; what it refers to is an object of its own. */
    private static void requireText(@Nullable COSBase object, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("a PDF that nests deeper than is read");
        }
        if (object instanceof COSDictionary entries) {
            for (COSName name : entries.keySet()) {
                if (READ_AS_TEXT.contains(name.getName())) {
                    requireDeflated(entries.getDictionaryObject(name));
                }
                requireText(entries.getItem(name), depth + 1);
            }
        } else if (object instanceof COSArray items) {
            for (COSBase item : items) {
                requireText(item, depth + 1);
            }
        }
    }

    private static void requireDeflated(@Nullable COSBase what) throws IOException {
        if (what instanceof COSStream stream) {
            COSBase packings = stream.getFilters();
            boolean deflated = packings == null || COSName.FLATE_DECODE.equals(packings);
            boolean once = packings instanceof COSArray list
                    && (list.size() == 0 || (list.size() == 1 && COSName.FLATE_DECODE.equals(list.getObject(0))));
            if (!deflated && !once) {
                throw new IOException("a PDF whose text is packed as a picture");
            }
        } else if (what instanceof COSArray several) {
            for (int i = 0; i < several.size(); i++) {
                requireDeflated(several.getObject(i) instanceof COSStream stream ? stream : null);
            }
        } else if (what instanceof COSDictionary glyphs) {
            for (COSName name : glyphs.keySet()) {
                requireDeflated(glyphs.getDictionaryObject(name) instanceof COSStream stream ? stream : null);
            }
        }
    }

    private void look(byte[] content) throws IOException {
        String text = new String(content, ISO_8859_1);
        requireKnownPackings(text);
        count(text);
        Matcher stream = STREAM.matcher(text);
        while (stream.find()) {
            inflate(content, stream.end());
        }
    }

    private static void requireKnownPackings(String text) throws IOException {
        if (NOT_READ.matcher(text).find()) {
            throw new IOException("a PDF that packs its streams otherwise than by deflating");
        }
    }

    /** Inflates one stream into nothing, and counts; what describes objects or maps characters is looked at. */
    private void inflate(byte[] content, int from) throws IOException {
        var map = new ByteArrayOutputStream();
        boolean maps = false;
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            byte[] chunk = new byte[CHUNK];
            String before = "";
            boolean ofObjects = false;
            boolean first = true;
            for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
                inflated += n;
                if (inflated > MOST_INFLATED) {
                    throw new IOException("a PDF that unfolds too far");
                }
                if (first && isDeflated(chunk, n)) {
                    throw new IOException("a stream inside a stream");
                }
                String part = before + new String(chunk, 0, n, ISO_8859_1);
                ofObjects |= first && OF_OBJECTS.matcher(part).lookingAt();
                if (ofObjects) {
                    requireKnownPackings(part);
                }
                maps |= part.contains(RANGES);
                map.write(chunk, 0, Math.min(n, LARGEST_MAP + 1 - map.size()));
                before = part.substring(Math.max(0, part.length() - OVERLAP));
                first = false;
            }
        } catch (DataFormatException damaged) {
            // What came before the damage is what the library reads too; most often nothing.
        } finally {
            inflater.end();
        }
        if (maps) {
            count(map.toString(ISO_8859_1));
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

    /** Counts what the ranges of character maps stand for. A line of some bytes may stand for a milliard of entries. */
    private void count(String text) throws IOException {
        if (!text.contains(RANGES)) {
            return;
        }
        Matcher range = RANGE.matcher(text);
        for (int at = text.indexOf(RANGES); at >= 0; at = text.indexOf(RANGES, at)) {
            at += RANGES.length();
            while (range.region(at, text.length()).lookingAt()) {
                mapped += entries(range.group(1), range.group(2));
                if (mapped > MOST_MAPPED) {
                    throw new IOException("a PDF whose fonts stand for more characters than there are");
                }
                at = range.end();
            }
            if (!RANGES_END.matcher(text).region(at, text.length()).lookingAt()) {
                throw new IOException("a PDF with ranges of characters that are written in no known way");
            }
        }
    }

    private static long entries(String from, String to) throws IOException {
        long entries = number(to) - number(from) + 1;
        return entries < 1 ? 1 : entries;
    }

    private static long number(String code) throws IOException {
        String digits = code.replaceAll("\\s", "");
        if (digits.length() > CODE_DIGITS) {
            throw new IOException("a PDF with ranges of characters that are written in no known way");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 16);
    }
}

package org.sosia.decoy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.zip.Deflater;

/**
 * Reports as PDF 1.5: letterhead, history, results in columns, visits; scanned pages behind them when the file is large.
 *
 * <p>An own writer, because a double of gigabytes must be written page by page and its size must be known before.
 */
final class PdfReport {

    private static final Charset ANSI = Charset.forName("windows-1252");
    /** Below this there is no room for compressed pages and metadata. */
    private static final long SMALLEST_REPORT = 6000;
    /** Up to here all pages are text. */
    private static final long MOST_TEXT = 150_000;
    /** Beyond this scans are not compressed: what has to be made in one request must not take minutes. */
    private static final long MOST_JPEG = 48L << 20;

    private static final int LINES = 58;
    private static final int COLUMNS = 92;
    private static final int CATALOG = 1;
    private static final int PAGES = 2;
    private static final int METADATA = 6;

    private final Job job;
    private final String producer;

    private PdfReport(Job job) {
        this.job = job;
        Keystream site = job.site().stream("report writer");
        this.producer = site.pick(List.of("ReportWriter ", "KlinDoc ", "MedLetter ")) + site.between(2, 9) + "."
                + site.below(10);
    }

    static Plan plan(Job job) {
        var report = new PdfReport(job);
        long target = job.target();
        if (target < SMALLEST_REPORT) {
            return Plan.of(report.small((int) target));
        }
        return new Plan(target, () -> new PieceStream(report.new Pages(target)));
    }

    private static byte[] latin(String text) {
        return text.getBytes(ANSI);
    }

    /** Makes the bytes as long as they shall be by a filling of some length; where counting digits skips one length, a line end is added. */
    private static byte[] toLength(int length, int least, IntFunction<byte[]> make) {
        int filling = Math.max(least, least + length - make.apply(least).length);
        byte[] made = make.apply(filling);
        for (int i = 0; i < 4 && made.length != length; i++) {
            filling = Math.max(least, filling + length - made.length);
            made = make.apply(filling);
        }
        while (made.length > length && filling > least) {
            filling--;
            made = make.apply(filling);
        }
        return made.length < length ? padded(made, length) : made;
    }

    private static byte[] padded(byte[] bytes, int length) {
        byte[] longer = Arrays.copyOf(bytes, length);
        Arrays.fill(longer, bytes.length, length, (byte) '\n');
        return longer;
    }

    private String info(String subject) {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(job.spec().day());
        return "<</Producer(" + producer + ")/CreationDate(D:" + day + "0"
                + job.record().stream("hour").between(7, 9) + "1500Z)"
                + (subject.isEmpty() ? "" : "/Subject(" + subject + ")") + ">>";
    }

    /** One page of plain operators; the subject takes up the rest. */
    private byte[] small(int target) {
        return toLength(target, 0, filling -> {
            List<List<Line>> pages = layout(lines(6).iterator(), 1);
            String content = target < 1400
                    ? "BT /F1 10 Tf 60 780 Td (" + escape(job.persona().name()) + ") Tj ET"
                    : content(pages.get(0));
            int room = target - 900;
            if (target >= 1400 && content.length() > room) {
                content = content.substring(0, content.lastIndexOf("\n", room)) + "\nET";
            }
            var out = new ByteArrayOutputStream();
            var offsets = new ArrayList<Long>();
            out.writeBytes(latin("%PDF-1.4\n"));
            List<String> objects = List.of(
                    "<</Type/Catalog/Pages 2 0 R>>",
                    "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 5 0 R>>>>>>",
                    "<</Length " + latin(content).length + ">>stream\n" + content + "\nendstream",
                    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
                    info(Filler.text(job.edition().stream("subject"), job.language(), filling)));
            for (String object : objects) {
                offsets.add((long) out.size());
                out.writeBytes(latin(offsets.size() + " 0 obj\n" + object + "\nendobj\n"));
            }
            out.writeBytes(trailer(offsets, out.size()));
            return out.toByteArray();
        });
    }

    private byte[] trailer(List<Long> offsets, long at) {
        var text = new StringBuilder(offsets.size() * 20 + 200);
        text.append("xref\n0 ").append(offsets.size() + 1).append("\n0000000000 65535 f \n");
        for (long offset : offsets) {
            String digits = Long.toString(offset);
            text.append("0".repeat(10 - digits.length())).append(digits).append(" 00000 n \n");
        }
        String id = job.edition().uuid("file").toString().replace("-", "");
        int info = offsets.size() == 6 ? 6 : 5;
        text.append("trailer\n<</Size ")
                .append(offsets.size() + 1)
                .append("/Root 1 0 R/Info ")
                .append(info)
                .append(" 0 R/ID[<")
                .append(id)
                .append("><")
                .append(id)
                .append(">]>>\nstartxref\n")
                .append(at)
                .append("\n%%EOF\n");
        return latin(text.toString());
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
    }

    // --- what stands on the pages ---

    /** One line; a tab moves to the next column of a table. */
    private record Line(String text, boolean isBold) {}

    private List<Line> lines(int visits) {
        var lines = new ArrayList<Line>();
        Paragraphs.head(job).forEach(p -> lines.add(new Line(p.text(), lines.isEmpty())));
        Paragraphs.history(job).forEach(p -> add(lines, p));
        table(lines, job.spec().day());
        for (int i = 0; i < visits; i++) {
            add(lines, Paragraphs.visit(job, i));
        }
        return lines;
    }

    private static void add(List<Line> lines, Paragraphs.Paragraph p) {
        lines.add(new Line("", false));
        lines.add(new Line(p.title(), true));
        for (String part : p.text().split("\n", -1)) {
            wrap(lines, part);
        }
    }

    private static void wrap(List<Line> lines, String text) {
        String rest = text;
        while (rest.length() > COLUMNS) {
            int cut = rest.lastIndexOf(' ', COLUMNS);
            cut = cut < 1 ? COLUMNS : cut;
            lines.add(new Line(rest.substring(0, cut), false));
            rest = rest.substring(cut).strip();
        }
        lines.add(new Line(rest, false));
    }

    private void table(List<Line> lines, LocalDate day) {
        Language in = job.language();
        boolean si = job.persona().usesSiUnits();
        boolean female = job.persona().isFemale;
        lines.add(new Line("", false));
        lines.add(new Line(in.of("Laboratory ", "Labor ", "Biologie ") + Paragraphs.date(in, day), true));
        for (Map.Entry<Analyte, Double> e : job.persona().labs(day).entrySet()) {
            Analyte.Scale scale = e.getKey().scale(si);
            double low = e.getKey().low(female);
            double high = e.getKey().high(female);
            String flag = e.getValue() < low ? " -" : e.getValue() > high ? " +" : "";
            lines.add(new Line(
                    e.getKey().text(in) + "\t" + Paragraphs.decimal(in, scale.print(e.getValue())) + flag + "\t"
                            + Paragraphs.unit(scale.unit()) + "\t"
                            + Paragraphs.decimal(in, scale.print(low) + " - " + scale.print(high)),
                    false));
        }
    }

    private static List<List<Line>> layout(Iterator<Line> lines, int most) {
        var pages = new ArrayList<List<Line>>();
        while (lines.hasNext() && pages.size() < most) {
            var page = new ArrayList<Line>();
            while (lines.hasNext() && page.size() < LINES) {
                page.add(lines.next());
            }
            pages.add(page);
        }
        return pages;
    }

    private static String content(List<Line> page) {
        var out = new StringBuilder("BT\n");
        int y = 790;
        for (Line line : page) {
            String[] cells = line.text().split("\t", -1);
            for (int i = 0; i < cells.length; i++) {
                if (!cells[i].isEmpty()) {
                    out.append(line.isBold() ? "/F2" : "/F1")
                            .append(" 10 Tf 1 0 0 1 ")
                            .append(56 + (i == 0 ? 0 : 110 + 90 * i))
                            .append(' ')
                            .append(y)
                            .append(" Tm (")
                            .append(escape(cells[i]))
                            .append(") Tj\n");
                }
            }
            y -= 13;
        }
        return out.append("ET").toString();
    }

    private static byte[] deflate(byte[] raw) {
        var deflater = new Deflater(6);
        deflater.setInput(raw);
        deflater.finish();
        byte[] buffer = new byte[raw.length + 64];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    // --- the large report ---

    private final class Pages implements Iterator<byte[]> {
        private final List<Long> offsets = new ArrayList<>();
        private final StringBuilder kids = new StringBuilder();
        private final Deque<Line> lines = new ArrayDeque<>(lines(2));
        private final long target;
        private final long textEnd;
        private long written;
        private int pages;
        private int visits = 2;
        private int stage;

        Pages(long target) {
            this.target = target;
            this.textEnd = target <= MOST_TEXT ? target : Math.min(target / 6, 4_000_000);
        }

        @Override
        public boolean hasNext() {
            return stage < 3;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] piece = piece();
            written += piece.length;
            return piece;
        }

        private byte[] piece() {
            if (stage == 0) {
                stage = 1;
                return start();
            }
            if (stage == 1) {
                byte[] page = page();
                if (page.length > 0) {
                    return page;
                }
            }
            stage = 3;
            return end();
        }

        private byte[] start() {
            var out = new ByteArrayOutputStream();
            out.writeBytes(latin("%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n"));
            object(out, "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>");
            // The list of pages and the metadata follow at the end; their places are kept.
            offsets.add(0L);
            object(out, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
            object(out, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>");
            object(out, info(""));
            offsets.add(0L);
            return out.toByteArray();
        }

        private void object(ByteArrayOutputStream out, String body) {
            object(out, body, new byte[0]);
        }

        private void object(ByteArrayOutputStream out, String dictionary, byte[] stream) {
            offsets.add(written + out.size());
            out.writeBytes(latin(offsets.size() + " 0 obj\n" + dictionary));
            if (stream.length > 0) {
                out.writeBytes(latin("stream\n"));
                out.writeBytes(stream);
                out.writeBytes(latin("\nendstream"));
            }
            out.writeBytes(latin("\nendobj\n"));
        }

        /** The least the end takes, if there are so many more objects. */
        private long reserve(int more) {
            return 20L * (offsets.size() + more)
                    + kids.length()
                    + 14
                    + Xmp.minimum(job.spec().day())
                    + 420;
        }

        /** The next page, or nothing when the file is full. */
        private byte[] page() {
            if (written < textEnd) {
                byte[] page = textPage();
                if (written + page.length + reserve(2) <= target) {
                    return commit(page, 2);
                }
                forget(2);
            }
            long room = target - written - reserve(3) - 400;
            if (room < 3000) {
                return new byte[0];
            }
            return commit(scan(room), 3);
        }

        private byte[] commit(byte[] page, int objects) {
            kids.append(offsets.size() - objects + 1).append(" 0 R ");
            pages++;
            return page;
        }

        private void forget(int objects) {
            for (int i = 0; i < objects; i++) {
                offsets.remove(offsets.size() - 1);
            }
        }

        private byte[] textPage() {
            while (lines.size() < LINES) {
                var more = new ArrayList<Line>();
                add(more, Paragraphs.visit(job, visits));
                if (visits % 4 == 0) {
                    table(more, Paragraphs.visitDay(job, visits));
                }
                lines.addAll(more);
                visits++;
            }
            var now = new ArrayList<Line>();
            for (int i = 0; i < LINES; i++) {
                now.add(lines.remove());
            }
            var out = new ByteArrayOutputStream();
            int id = offsets.size() + 1;
            object(
                    out,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " + (id + 1)
                            + " 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>");
            byte[] content = deflate(latin(content(now)));
            object(out, "<</Filter/FlateDecode/Length " + content.length + ">>", content);
            return out.toByteArray();
        }

        private byte[] scan(long room) {
            var out = new ByteArrayOutputStream();
            int id = offsets.size() + 1;
            Keystream.Key key = job.record().derive("scan", pages);
            Phantom.Kind kind = key.stream("kind").pick(List.of(Phantom.Kind.values()));
            object(
                    out,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " + (id + 1)
                            + " 0 R/Resources<</XObject<</I " + (id + 2) + " 0 R>>>>>>");
            byte[] content = latin("q 480 0 0 640 57 100 cm /I Do Q");
            object(out, "<</Length " + content.length + ">>", content);
            int usual = key.stream("size").between(180_000, 420_000);
            if (target > MOST_JPEG && room > 1_400_000) {
                int side = (int) Math.min(1600, StrictMath.sqrt(room * 0.75));
                int height = (int) Math.min(side * 4L / 3, room / side);
                object(
                        out,
                        image(side, height, "") + raw(side, height),
                        gray(new Phantom(kind, key, side, height, 1).frame(0), side, height));
            } else {
                int size = (int) (room < usual * 1.5 ? room : Math.min(usual, room));
                Jpeg.Picture picture = Jpeg.exactly(size, kind, key, job.spec().day());
                object(
                        out,
                        image(picture.width(), picture.height(), "/Filter/DCTDecode") + picture.bytes().length + ">>",
                        picture.bytes());
            }
            return out.toByteArray();
        }

        private String image(int width, int height, String filter) {
            return "<</Type/XObject/Subtype/Image/Width " + width + "/Height " + height
                    + "/ColorSpace/DeviceGray/BitsPerComponent 8" + filter + "/Length ";
        }

        private String raw(int width, int height) {
            return width * height + ">>";
        }

        private byte[] gray(Phantom.Rows rows, int width, int height) {
            byte[] out = new byte[width * height];
            int[] row = new int[width];
            for (int y = 0; y < height; y++) {
                rows.nextForScreen(row);
                for (int x = 0; x < width; x++) {
                    out[y * width + x] = (byte) row[x];
                }
            }
            return out;
        }

        /** The pages, the metadata in its white space, and the table of places. */
        private byte[] end() {
            int room = Math.toIntExact(target - written);
            return toLength(room, Xmp.minimum(job.spec().day()), filling -> {
                var out = new ByteArrayOutputStream();
                offsets.set(PAGES - CATALOG, written);
                out.writeBytes(
                        latin(PAGES + " 0 obj\n<</Type/Pages/Count " + pages + "/Kids[" + kids + "]>>\nendobj\n"));
                offsets.set(METADATA - CATALOG, written + out.size());
                out.writeBytes(
                        latin(METADATA + " 0 obj\n<</Type/Metadata/Subtype/XML/Length " + filling + ">>stream\n"));
                out.writeBytes(Xmp.packet(job.spec().day(), filling));
                out.writeBytes(latin("\nendstream\nendobj\n"));
                out.writeBytes(trailer(offsets, written + out.size()));
                return out.toByteArray();
            });
        }
    }
}

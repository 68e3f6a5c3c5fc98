package org.sosia.decoy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** ZIP archives of other doubles of the same person, and the office documents that are such archives. */
final class Archive {

    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;
    private static final int END = 22;
    private static final int END_64 = 56 + 20;
    private static final int EXTRA_64 = 12;
    private static final long LIMIT_32 = 0xFFFFFFFFL;
    private static final int LARGEST_ENTRY = 8 << 20;
    private static final int LAST_NAME = 24;

    private Archive() {}

    /** One file: its name and its bytes, packed or as they are. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    private record Entry(String name, byte[] bytes, boolean isPacked) {}

    static Plan zip(Job job) {
        long target = job.target();
        return target < 400
                ? empty((int) Math.max(target, END), job)
                : new Plan(target, () -> new PieceStream(new Entries(job, target, new Files(job, target), ".txt", "")));
    }

    /** An archive without files, and a comment. */
    private static Plan empty(int size, Job job) {
        byte[] comment = Filler.text(job.edition().stream("comment"), job.language(), size - END)
                .getBytes(StandardCharsets.US_ASCII);
        return Plan.of(little(size)
                .putInt(0x06054b50)
                .putLong(0)
                .putLong(0)
                .putShort((short) comment.length)
                .put(comment)
                .array());
    }

    static Plan word(Job job) {
        String text = Paragraphs.of(job)
                .limit(visits(job))
                .map(p -> paragraph(p.title(), true)
                        + p.text().lines().map(l -> paragraph(l, false)).collect(Collectors.joining()))
                .collect(Collectors.joining());
        String body =
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                        + text + "<w:sectPr/></w:body></w:document>";
        return office(
                job,
                "word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                List.of(new Entry("word/document.xml", utf8(body), true)),
                "word/media/");
    }

    private static long visits(Job job) {
        return Math.max(0, Math.min(400, (job.target() - 2600) / 260));
    }

    private static String paragraph(String text, boolean isBold) {
        return text.isEmpty()
                ? ""
                : "<w:p><w:r>" + (isBold ? "<w:rPr><w:b/></w:rPr>" : "") + "<w:t xml:space=\"preserve\">"
                        + MarkupPage.escape(text) + "</w:t></w:r></w:p>";
    }

    static Plan sheet(Job job) {
        var rows = new StringBuilder();
        boolean si = job.persona().usesSiUnits();
        for (int visit = 0; visit < visits(job) / 3; visit++) {
            LocalDate day = job.spec().day().minusDays(7L * visit);
            job.persona()
                    .labs(day)
                    .forEach((analyte, value) -> rows.append("<row>")
                            .append(cell(day.toString()))
                            .append(cell(analyte.text(job.language())))
                            .append("<c><v>")
                            .append(analyte.scale(si).print(value))
                            .append("</v></c>")
                            .append(cell(Paragraphs.unit(analyte.scale(si).unit())))
                            .append("</row>"));
        }
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        String sheet = head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + rows + "</sheetData></worksheet>";
        String book = head + "<workbook xmlns=\"" + main
                + "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
        String relation = head
                + relations(
                        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>");
        return office(
                job,
                "xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                List.of(
                        new Entry("xl/workbook.xml", utf8(book), true),
                        new Entry("xl/_rels/workbook.xml.rels", utf8(relation), true),
                        new Entry("xl/worksheets/sheet1.xml", utf8(sheet), true)),
                "xl/media/");
    }

    private static String cell(String text) {
        return "<c t=\"inlineStr\"><is><t>" + MarkupPage.escape(text) + "</t></is></c>";
    }

    private static String relations(String inside) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inside
                + "</Relationships>";
    }

    private static Plan office(Job job, String main, String mainType, List<Entry> parts, String media) {
        String head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        String types = head
                + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"txt\" ContentType=\"text/plain\"/><Override PartName=\"/"
                + main
                + "\" ContentType=\"" + mainType + "\"/>"
                + (main.startsWith("xl")
                        ? "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                        : "")
                + "</Types>";
        String root = head
                + relations(
                        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\""
                                + main + "\"/>");
        var all = new ArrayList<Entry>();
        all.add(new Entry("[Content_Types].xml", utf8(types), true));
        all.add(new Entry("_rels/.rels", utf8(root), true));
        all.addAll(parts);
        long least = END
                + all.stream()
                        .mapToLong(e -> LOCAL + CENTRAL + 2L * e.name().length() + pack(e.bytes()).length)
                        .sum()
                + LOCAL
                + CENTRAL
                + 2L * (media.length() + LAST_NAME);
        long size = Math.max(job.target(), least);
        return new Plan(
                size, () -> new PieceStream(new Entries(job, size, new Media(job, all, size, media), ".txt", media)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Little little(int size) {
        return new Little(ByteBuffer.wrap(new byte[size]).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** A header of known length, least significant byte first. */
    private record Little(ByteBuffer buffer) {

        Little putShort(int value) {
            buffer.putShort((short) value);
            return this;
        }

        Little putInt(long value) {
            buffer.putInt((int) value);
            return this;
        }

        Little putLong(long value) {
            buffer.putLong(value);
            return this;
        }

        Little put(byte[] bytes) {
            buffer.put(bytes);
            return this;
        }

        byte[] array() {
            byte[] whole = new byte[buffer.capacity()];
            buffer.get(0, whole);
            return whole;
        }
    }

    private static byte[] pack(byte[] raw) {
        var deflater = new Deflater(6, true);
        deflater.setInput(raw);
        deflater.finish();
        byte[] buffer = new byte[raw.length + 64];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    /** Without end: the parts of an office document, then pictures. */
    private static final class Media implements Iterator<Entry> {
        private final Job job;
        private final Iterator<Entry> parts;
        private final long size;
        private final String folder;
        private int count;

        Media(Job job, List<Entry> parts, long size, String folder) {
            this.job = job;
            this.parts = parts.iterator();
            this.size = size;
            this.folder = folder;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Entry next() {
            if (parts.hasNext()) {
                return parts.next();
            }
            int number = ++count;
            int bytes = (int) Math.min(LARGEST_ENTRY, Math.max(Png.MINIMUM, size / 5));
            byte[] picture = Png.exactly(
                    Math.min(bytes, 400_000),
                    Phantom.Kind.CHEST,
                    job.record().derive("media", number),
                    job.spec().day());
            return new Entry(folder + "image" + number + ".png", picture, false);
        }
    }

    /** Without end: files of all kinds about the person. */
    private static final class Files implements Iterator<Entry> {
        private final Job job;
        private final long target;
        private int count;

        Files(Job job, long target) {
            this.job = job;
            this.target = target;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Entry next() {
            int number = count++;
            boolean isLarge = target > (1 << 20);
            String type = switch (number % 4) {
                case 0 -> "application/pdf";
                case 1 -> "text/csv";
                case 2 -> "text/plain";
                default -> isLarge ? "application/dicom" : "text/html";
            };
            boolean isPicture = type.equals("application/dicom");
            RecordKind kind = switch (number % 4) {
                case 0 -> RecordKind.REPORT;
                case 1 -> RecordKind.LAB;
                case 2 -> RecordKind.NOTE;
                default -> RecordKind.IMAGING;
            };
            long most = isPicture ? LARGEST_ENTRY : 60_000;
            // Large archives are archives of pictures: one of each paper, then the study.
            if (isLarge && number > 3) {
                type = "application/dicom";
                kind = RecordKind.IMAGING;
                most = LARGEST_ENTRY;
            }
            long bytes = Math.max(600, Math.min(most, target / 6));
            Job part = job.part(number, kind, type, bytes);
            try (var in = part.plan().bytes().get()) {
                String name = FileNames.of(
                        kind,
                        job.spec().day().minusDays(number % 9),
                        part.spec().record(),
                        type);
                return new Entry(name, in.readAllBytes(), kind != RecordKind.IMAGING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Takes files until the size is reached; the last one, stored as it is, has exactly the room that is left. */
    private static final class Entries implements Iterator<byte[]> {
        private final Job job;
        private final long size;
        private final Iterator<Entry> files;
        private final String extension;
        private final String folder;
        private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
        private long written;
        private int count;
        private boolean ended;

        Entries(Job job, long size, Iterator<Entry> files, String extension, String folder) {
            this.job = job;
            this.size = size;
            this.files = files;
            this.extension = extension;
            this.folder = folder;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            Entry entry = files.next();
            byte[] data = entry.isPacked() ? pack(entry.bytes()) : entry.bytes();
            long last =
                    LOCAL + CENTRAL + 2L * (folder.length() + LAST_NAME) + extra(written + LOCAL + data.length + 200);
            long after = written
                    + LOCAL
                    + entry.name().length()
                    + data.length
                    + directory.size()
                    + CENTRAL
                    + entry.name().length()
                    + extra(written);
            if (after + last + end(after) <= size) {
                return write(entry, data);
            }
            ended = true;
            return last();
        }

        private static int extra(long offset) {
            return offset >= LIMIT_32 ? EXTRA_64 : 0;
        }

        private int end(long at) {
            return END + (at + (1L << 25) >= LIMIT_32 || count >= 0xFFF0 ? END_64 : 0);
        }

        private byte[] write(Entry entry, byte[] data) {
            byte[] name = utf8(entry.name());
            var crc = new CRC32();
            crc.update(entry.bytes());
            short method = (short) (entry.isPacked() ? 8 : 0);
            LocalDate day = job.spec().day();
            short date = (short) (((day.getYear() - 1980) << 9) | (day.getMonthValue() << 5) | day.getDayOfMonth());
            short time = (short) ((9 << 11) | ((count % 60) << 5));
            var common = little(26)
                    .putShort((short) 20)
                    .putShort((short) 0x800)
                    .putShort(method)
                    .putShort(time)
                    .putShort(date)
                    .putInt(crc.getValue())
                    .putInt(data.length)
                    .putInt(entry.bytes().length)
                    .putShort((short) name.length)
                    .putShort((short) 0);
            boolean isFar = written >= LIMIT_32;
            byte[] central = common.array().clone();
            ByteBuffer.wrap(central).order(ByteOrder.LITTLE_ENDIAN).putShort(24, (short) (isFar ? EXTRA_64 : 0));
            directory.writeBytes(
                    little(6).putInt(0x02014b50).putShort((short) 20).array());
            directory.writeBytes(central);
            directory.writeBytes(little(14)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(isFar ? LIMIT_32 : written)
                    .array());
            directory.writeBytes(name);
            if (isFar) {
                directory.writeBytes(little(EXTRA_64)
                        .putShort((short) 1)
                        .putShort((short) 8)
                        .putLong(written)
                        .array());
            }
            byte[] local = little(LOCAL + name.length + data.length)
                    .putInt(0x04034b50)
                    .put(common.array())
                    .put(name)
                    .put(data)
                    .array();
            written += local.length;
            count++;
            return local;
        }

        private byte[] last() {
            long whole = size - written - directory.size() - end(written + directory.size());
            String name = (folder + "note-"
                    + job.edition().uuid("last").toString().substring(0, LAST_NAME - 5 - extension.length())
                    + extension);
            int room = Math.toIntExact(whole - LOCAL - CENTRAL - 2L * name.length() - extra(written));
            boolean isPicture = room > 60_000;
            if (isPicture) {
                name = name.replace(extension, ".png");
            }
            byte[] data = isPicture
                    ? Png.exactly(
                            room,
                            Phantom.Kind.TORSO,
                            job.edition().derive("last"),
                            job.spec().day())
                    : Filler.text(job.edition().stream("last"), job.language(), room)
                            .getBytes(StandardCharsets.US_ASCII);
            boolean is64 = end(written + directory.size()) > END;
            byte[] file = write(new Entry(name, data, false), data);
            var out = new ByteArrayOutputStream(file.length + directory.size() + END + END_64);
            out.writeBytes(file);
            out.writeBytes(directory.toByteArray());
            long at = written;
            int length = directory.size();
            if (is64) {
                out.writeBytes(little(END_64)
                        .putInt(0x06064b50)
                        .putLong(44)
                        .putShort((short) 45)
                        .putShort((short) 45)
                        .putInt(0)
                        .putInt(0)
                        .putLong(count)
                        .putLong(count)
                        .putLong(length)
                        .putLong(at)
                        .putInt(0x07064b50)
                        .putInt(0)
                        .putLong(at + length)
                        .putInt(1)
                        .array());
            }
            short many = (short) (count > 0xFFFE || is64 ? 0xFFFF : count);
            out.writeBytes(little(END)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort(many)
                    .putShort(many)
                    .putInt(length)
                    .putInt(is64 ? LIMIT_32 : at)
                    .putShort((short) 0)
                    .array());
            return out.toByteArray();
        }
    }
}

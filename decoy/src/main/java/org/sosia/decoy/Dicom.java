package org.sosia.decoy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * DICOM Part 10 files: images of one or many frames, and twelve-lead electrocardiograms.
 *
 * <p>The transfer syntax of the spec is kept where it is uncompressed, JPEG baseline or RLE; for any other the double is explicit
 * little endian. Beyond 4 GiB, which uncompressed pixel data cannot have, RLE is used.
 */
final class Dicom {

    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    private static final String JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
    private static final String RLE = "1.2.840.10008.1.2.5";

    private static final long MOST_NATIVE = (1L << 32) - (1L << 20);
    private static final int UNDEFINED = -1;

    /** What kind of object, and how it looks. */
    private enum Scan {
        CT("CT", "1.2.840.10008.5.1.4.1.1.2", Phantom.Kind.TORSO, "CHEST"),
        MR("MR", "1.2.840.10008.5.1.4.1.1.4", Phantom.Kind.HEAD, "HEAD"),
        CR("CR", "1.2.840.10008.5.1.4.1.1.1", Phantom.Kind.CHEST, "CHEST"),
        XA("XA", "1.2.840.10008.5.1.4.1.1.12.1", Phantom.Kind.VESSELS, "HEART");

        final String modality;
        final String sopClass;
        final Phantom.Kind phantom;
        final String bodyPart;

        Scan(String modality, String sopClass, Phantom.Kind phantom, String bodyPart) {
            this.modality = modality;
            this.sopClass = sopClass;
            this.phantom = phantom;
            this.bodyPart = bodyPart;
        }
    }

    private final Job job;
    private final LocalDate day;
    private final String syntax;
    private final boolean isImplicit;
    private final ByteOrder order;
    /** A small file has the elements that its object must have, and no others. */
    private final boolean isTerse;

    private final long size;

    private Dicom(Job job, String syntax, long size) {
        this.job = job;
        this.day = job.spec().day();
        this.syntax = syntax;
        this.isImplicit = syntax.equals(IMPLICIT);
        this.order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.size = size;
        this.isTerse = size < 6000;
    }

    static Plan plan(Job job) {
        // All DICOM files have an even length, and so have their doubles.
        long target = job.target();
        long even = (target & 1) == 0 ? target : target > SizeBucket.of(target).smallest() ? target - 1 : target + 1;
        long size = Math.max(even, 2048);
        boolean isNative =
                List.of(IMPLICIT, EXPLICIT, BIG_ENDIAN).contains(job.spec().variant());
        String syntax =
                isNative || List.of(JPEG_BASELINE, RLE).contains(job.spec().variant())
                        ? job.spec().variant()
                        : EXPLICIT;
        boolean tooLong = size > MOST_NATIVE && !syntax.equals(JPEG_BASELINE);
        var dicom = new Dicom(job, tooLong ? RLE : syntax, size);
        if (job.spec().kind() == RecordKind.WAVEFORM && (isNative || syntax.equals(EXPLICIT)) && !tooLong) {
            return dicom.waveform();
        }
        return switch (dicom.syntax) {
            case JPEG_BASELINE -> dicom.jpeg();
            case RLE -> dicom.frames(true);
            default -> dicom.frames(false);
        };
    }

    // --- elements ---

    /** Elements in the order of their tags, encoded as the transfer syntax asks. */
    private static final class Elements {
        private final TreeMap<Long, byte[]> byTag = new TreeMap<>();
        private final boolean isImplicit;
        private final ByteOrder order;

        Elements(boolean isImplicit, ByteOrder order) {
            this.isImplicit = isImplicit;
            this.order = order;
        }

        Elements put(long tag, String vr, byte[] value) {
            byte[] header = header(tag, vr, value.length + (value.length & 1));
            byte[] element = java.util.Arrays.copyOf(header, header.length + value.length + (value.length & 1));
            System.arraycopy(value, 0, element, header.length, value.length);
            if ((value.length & 1) == 1) {
                element[element.length - 1] = (byte) (vr.equals("UI") || vr.equals("OB") ? 0 : ' ');
            }
            byTag.put(tag, element);
            return this;
        }

        /** Tag, type and length; the value follows. */
        byte[] header(long tag, String vr, int length) {
            boolean isLong = List.of("OB", "OW", "SQ", "UN", "UT").contains(vr);
            var out = ByteBuffer.allocate(isImplicit || !isLong ? 8 : 12).order(order);
            out.putShort((short) (tag >> 16)).putShort((short) tag);
            if (isImplicit) {
                return out.putInt(length).array();
            }
            out.put(vr.getBytes(StandardCharsets.US_ASCII));
            return isLong
                    ? out.putShort((short) 0).putInt(length).array()
                    : out.putShort((short) length).array();
        }

        Elements text(long tag, String vr, String value) {
            return put(tag, vr, value.getBytes(StandardCharsets.ISO_8859_1));
        }

        Elements shorts(long tag, int... values) {
            var out = ByteBuffer.allocate(2 * values.length).order(order);
            for (int value : values) {
                out.putShort((short) value);
            }
            return put(tag, "US", out.array());
        }

        Elements number(long tag, long value) {
            return put(
                    tag,
                    "UL",
                    ByteBuffer.allocate(4).order(order).putInt((int) value).array());
        }

        /** A sequence of items of known length. */
        Elements sequence(long tag, List<Elements> items) {
            var out = new ByteArrayOutputStream();
            for (Elements item : items) {
                byte[] bytes = item.bytes();
                out.writeBytes(mark(0xE000, bytes.length));
                out.writeBytes(bytes);
            }
            return put(tag, "SQ", out.toByteArray());
        }

        /** An item or delimiter of group FFFE. */
        byte[] mark(int element, int length) {
            return ByteBuffer.allocate(8)
                    .order(order)
                    .putShort((short) 0xFFFE)
                    .putShort((short) element)
                    .putInt(length)
                    .array();
        }

        byte[] bytes() {
            var out = new ByteArrayOutputStream();
            byTag.values().forEach(out::writeBytes);
            return out.toByteArray();
        }

        Elements nested() {
            return new Elements(isImplicit, order);
        }
    }

    private Elements elements() {
        return new Elements(isImplicit, order);
    }

    private static String uid(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return "2.25." + new BigInteger(1, bytes);
    }

    /** What is done to one patient on one day is one study. */
    private String study() {
        return uid(job.site().uuid("study", job.spec().patient(), day));
    }

    private byte[] preamble(String sopClass) {
        var meta = new Elements(false, ByteOrder.LITTLE_ENDIAN);
        meta.put(0x00020001L, "OB", new byte[] {0, 1})
                .text(0x00020002L, "UI", sopClass)
                .text(0x00020003L, "UI", instance())
                .text(0x00020010L, "UI", syntax)
                .text(0x00020012L, "UI", uid(job.site().uuid("implementation")))
                .text(
                        0x00020013L,
                        "SH",
                        "IMG_" + job.site().stream("implementation").between(20, 69));
        byte[] rest = meta.bytes();
        meta.number(0x00020000L, rest.length);
        byte[] all = meta.bytes();
        return ByteBuffer.allocate(132 + all.length)
                .position(128)
                .put("DICM".getBytes(StandardCharsets.US_ASCII))
                .put(all)
                .array();
    }

    private String instance() {
        return uid(job.edition().uuid("instance"));
    }

    private Elements common(String sopClass, String modality) {
        Persona who = job.persona();
        String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        Keystream stream = job.record().stream("study");
        String time = Paragraphs.two(stream.between(7, 18))
                + Paragraphs.two(stream.below(60))
                + Paragraphs.two(stream.below(60));
        Keystream device = job.site().stream("device", modality);
        var e = elements()
                .text(0x00080005L, "CS", "ISO_IR 100")
                .text(0x00080016L, "UI", sopClass)
                .text(0x00080018L, "UI", instance())
                .text(0x00080020L, "DA", date)
                .text(0x00080030L, "TM", time)
                .text(0x00080050L, "SH", "A" + stream.between(1_000_000, 9_999_999))
                .text(0x00080060L, "CS", modality)
                .text(0x00080070L, "LO", device.pick(List.of("Meridian Imaging", "Halden Medical", "Orbis Systems")))
                .text(0x00080090L, "PN", dicomName(who.physician(1)))
                .text(0x00100010L, "PN", who.family + "^" + who.given)
                .text(0x00100020L, "LO", who.number())
                .text(0x00100030L, "DA", DateTimeFormatter.BASIC_ISO_DATE.format(who.birthDate))
                .text(0x00100040L, "CS", who.isFemale ? "F" : "M")
                .text(0x0020000DL, "UI", study())
                .text(0x0020000EL, "UI", uid(job.record().uuid("series")))
                .text(0x00200010L, "SH", Integer.toString(stream.between(1000, 9999)))
                .text(0x00200011L, "IS", Integer.toString(stream.between(1, 6)))
                .text(0x00200013L, "IS", Integer.toString(stream.between(1, 80)));
        if (!isTerse) {
            e.text(0x00080012L, "DA", date)
                    .text(0x00080013L, "TM", time)
                    .text(0x00080021L, "DA", date)
                    .text(0x00080031L, "TM", time)
                    .text(0x00080080L, "LO", who.hospital())
                    .text(0x00081010L, "SH", modality + stream.between(1, 3))
                    .text(0x00081030L, "LO", modality + " " + date)
                    .text(0x00081090L, "LO", modality + "-" + device.between(300, 990))
                    .text(0x00101010L, "AS", String.format(Locale.ROOT, "%03dY", Math.min(999, who.age(day))))
                    .text(0x00101020L, "DS", String.format(Locale.ROOT, "%.2f", who.heightCm / 100.0))
                    .text(0x00101030L, "DS", Double.toString(who.vitals(day).weightKg()))
                    .text(0x00181000L, "LO", Integer.toString(device.between(10_000, 99_999)))
                    .text(
                            0x00181020L,
                            "LO",
                            device.between(2, 9) + "." + device.between(0, 9) + "." + device.between(0, 40));
        }
        return e;
    }

    private static String dicomName(String staff) {
        String name = staff.replaceFirst("^Dr\\.? ", "");
        int cut = name.lastIndexOf(' ');
        return name.substring(cut + 1) + "^" + name.substring(0, Math.max(cut, 0));
    }

    private Elements image(Scan scan, int columns, int rows, int frames, boolean isEightBit) {
        Keystream stream = job.record().stream("image");
        var e = common(scan.sopClass, scan.modality)
                .text(
                        0x00080008L,
                        "CS",
                        "ORIGINAL\\PRIMARY"
                                + (scan == Scan.CT
                                        ? "\\AXIAL"
                                        : scan == Scan.MR ? "\\OTHER" : scan == Scan.XA ? "\\SINGLE PLANE" : ""))
                .shorts(0x00280002L, 1)
                .text(0x00280004L, "CS", "MONOCHROME2")
                .shorts(0x00280010L, rows)
                .shorts(0x00280011L, columns)
                .shorts(0x00280100L, isEightBit ? 8 : 16)
                .shorts(0x00280101L, isEightBit ? 8 : 12)
                .shorts(0x00280102L, isEightBit ? 7 : 11)
                .shorts(0x00280103L, 0);
        String spacing = String.format(Locale.ROOT, "%.4f", (scan == Scan.MR ? 240.0 : 380.0) / Math.max(columns, 1));
        int divide = isEightBit ? 16 : 1;
        switch (scan) {
            case CT ->
                e.text(0x00180050L, "DS", "5")
                        .text(0x00180060L, "DS", "120")
                        .text(0x00200012L, "IS", "1")
                        .text(0x00281050L, "DS", Integer.toString(1064 / divide))
                        .text(0x00281051L, "DS", Integer.toString(400 / divide))
                        .text(0x00281052L, "DS", "-1024")
                        .text(0x00281053L, "DS", Integer.toString(divide))
                        .text(0x00280030L, "DS", spacing + "\\" + spacing);
            case MR ->
                e.text(0x00180020L, "CS", "SE")
                        .text(0x00180021L, "CS", "NONE")
                        .text(0x00180022L, "CS", "")
                        .text(0x00180023L, "CS", "2D")
                        .text(0x00180050L, "DS", "5")
                        .text(0x00180080L, "DS", "520")
                        .text(0x00180081L, "DS", "12")
                        .text(0x00180091L, "IS", "1")
                        .text(0x00280030L, "DS", spacing + "\\" + spacing)
                        .text(0x00281050L, "DS", Integer.toString(700 / divide))
                        .text(0x00281051L, "DS", Integer.toString(1400 / divide));
            case CR ->
                e.text(0x00180060L, "DS", "117")
                        .text(0x00185101L, "CS", "PA")
                        .text(0x00200020L, "CS", "L\\F")
                        .text(0x00181164L, "DS", spacing + "\\" + spacing)
                        .text(0x00281050L, "DS", Integer.toString(isEightBit ? 128 : 1900))
                        .text(0x00281051L, "DS", Integer.toString(isEightBit ? 256 : 3000));
            case XA ->
                e.text(0x00180060L, "DS", "75")
                        .text(0x00181155L, "CS", "GR")
                        .text(0x00181150L, "IS", "100")
                        .text(0x00181151L, "IS", "400")
                        .text(0x00181152L, "IS", "40")
                        .text(0x00200020L, "CS", "")
                        .text(0x00181500L, "CS", "STATIC")
                        .text(0x00181510L, "DS", Integer.toString(stream.between(-40, 40)))
                        .text(0x00181511L, "DS", Integer.toString(stream.between(-30, 30)))
                        .text(0x00280008L, "IS", Integer.toString(frames))
                        .text(0x00181063L, "DS", "66.67")
                        .put(
                                0x00280009L,
                                "AT",
                                ByteBuffer.allocate(4)
                                        .order(order)
                                        .putShort((short) 0x0018)
                                        .putShort((short) 0x1063)
                                        .array())
                        .text(0x00281040L, "CS", "LIN")
                        .text(0x00281050L, "DS", Integer.toString(isEightBit ? 128 : 1900))
                        .text(0x00281051L, "DS", Integer.toString(isEightBit ? 256 : 3200));
        }
        // Whoever does not name a body part must name its side.
        e.text(0x00180015L, "CS", scan.bodyPart);
        if (!isTerse) {
            e.text(0x00181030L, "LO", scan.bodyPart + " ROUTINE");
        }
        if (scan == Scan.CT || scan == Scan.MR) {
            e.text(0x00185100L, "CS", "HFS")
                    .text(0x00200032L, "DS", "-190\\-190\\" + stream.between(-200, 200))
                    .text(0x00200037L, "DS", "1\\0\\0\\0\\1\\0")
                    .text(
                            0x00200052L,
                            "UI",
                            uid(job.site().uuid("frame of reference", job.spec().patient(), day)))
                    .text(0x00201040L, "LO", "");
        }
        if (syntax.equals(JPEG_BASELINE)) {
            e.text(0x00282110L, "CS", "01").text(0x00282112L, "DS", "6").text(0x00282114L, "CS", "ISO_10918_1");
        }
        return e;
    }

    /** A private block of a device maker takes up what the picture leaves: as in files of real devices, its inside is unknown. */
    private void fillPrivately(Elements e, int room) {
        if (room == 0) {
            return;
        }
        String creator = "ORBIS CSA 1 ";
        int value = room - 8 - creator.length() - (isImplicit ? 8 : 12);
        byte[] data = new byte[value];
        job.edition().stream("private").fill(data, 0, value);
        e.text(0x00290010L, "LO", creator).put(0x00291010L, "OB", data);
    }

    private int leastPrivate() {
        return 8 + 12 + (isImplicit ? 8 : 12);
    }

    // --- uncompressed and run-length images ---

    private Plan frames(boolean isRle) {
        Scan scan = scan();
        // Few columns have the longest pixel spacing, so this header is the longest.
        int reserve = preamble(scan.sopClass).length
                + image(scan, 8, 8, 99_999, false).bytes().length
                + 12
                + leastPrivate()
                + (isRle ? 24 : 0);
        Layout layout = Layout.best(size - reserve, scan, isRle, job.record().stream("layout"));
        Elements e = image(scan, layout.columns(), layout.rows(), layout.frames(), false);
        byte[] start = preamble(scan.sopClass);
        byte[] pixelHeader = e.header(0x7FE00010L, isRle ? "OB" : "OW", isRle ? UNDEFINED : (int) layout.bytes());
        byte[] table = isRle ? e.mark(0xE000, 0) : new byte[0];
        byte[] end = isRle ? e.mark(0xE0DD, 0) : new byte[0];
        long used = start.length + e.bytes().length + pixelHeader.length + table.length + layout.bytes() + end.length;
        fillPrivately(e, Math.toIntExact(size - used));
        byte[] head = concat(start, e.bytes(), pixelHeader, table);
        var phantom = new Phantom(
                scan.phantom, job.record().derive("picture"), layout.columns(), layout.rows(), layout.frames());
        return new Plan(
                size,
                () -> new PieceStream(new Framed(
                        head,
                        layout.frames(),
                        end,
                        isRle
                                ? f -> List.of(rle(e, phantom.frame(f), layout)).iterator()
                                : f -> new NativeRows(phantom.frame(f), layout))));
    }

    private Scan scan() {
        Keystream stream = job.record().stream("modality");
        if (size < 1_100_000) {
            return stream.chance(0.55) ? Scan.CT : Scan.MR;
        }
        return size < (24 << 20) ? Scan.CR : Scan.XA;
    }

    /** Dimensions that leave next to nothing over. */
    private record Layout(int columns, int rows, int frames, long bytes) {

        static Layout best(long room, Scan scan, boolean isRle, Keystream stream) {
            int frames = scan == Scan.XA ? (int) Math.max(8, room / (2 << 20)) : 1;
            double aspect = scan == Scan.CR ? 1.2 : 1;
            int middle = (int) Math.max(8, StrictMath.sqrt(room / 2.0 / frames / aspect));
            Layout best = new Layout(0, 0, frames, 0);
            for (int columns = Math.max(4, middle * 15 / 16 & ~1); columns <= middle * 17 / 16; columns += 2) {
                int rows = (int) Math.min(60_000, rows(room / frames, columns, isRle));
                long bytes = frames * frameBytes(columns, rows, isRle);
                if (rows > 0 && bytes <= room && bytes > best.bytes()) {
                    best = new Layout(columns, rows, frames, bytes);
                }
            }
            return best;
        }

        private static long rows(long frame, int columns, boolean isRle) {
            return isRle ? (frame - 76) / (2L * rleRow(columns)) : frame / (2L * columns);
        }

        /** Literal runs only: a byte in front of each 128. */
        static int rleRow(int columns) {
            return columns + (columns + 127) / 128;
        }

        static long frameBytes(int columns, int rows, boolean isRle) {
            if (!isRle) {
                return 2L * columns * rows;
            }
            long plane = (long) rows * rleRow(columns);
            return 72 + 2 * (plane + (plane & 1));
        }
    }

    /** Head, then the pieces of each frame, then the end. */
    private static final class Framed implements Iterator<byte[]> {
        private final int frames;
        private final byte[] end;
        private final IntFunction<Iterator<byte[]>> pieces;
        private Iterator<byte[]> now;
        private int next;

        Framed(byte[] head, int frames, byte[] end, IntFunction<Iterator<byte[]>> pieces) {
            this.frames = frames;
            this.end = end;
            this.pieces = pieces;
            this.now = List.of(head).iterator();
        }

        @Override
        public boolean hasNext() {
            while (!now.hasNext()) {
                if (next > frames) {
                    return false;
                }
                now = next == frames ? List.of(end).iterator() : pieces.apply(next);
                next++;
            }
            return true;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return now.next();
        }
    }

    private final class NativeRows implements Iterator<byte[]> {
        private final Phantom.Rows rows;
        private final Layout layout;
        private final int[] row;
        private int y;

        NativeRows(Phantom.Rows rows, Layout layout) {
            this.rows = rows;
            this.layout = layout;
            this.row = new int[layout.columns()];
        }

        @Override
        public boolean hasNext() {
            return y < layout.rows();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            y++;
            rows.next(row);
            byte[] out = new byte[2 * row.length];
            int low = order == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
            for (int x = 0; x < row.length; x++) {
                out[2 * x + low] = (byte) row[x];
                out[2 * x + 1 - low] = (byte) (row[x] >> 8);
            }
            return out;
        }
    }

    /** PS3.5 Annex G: a header of 16 numbers, then the plane of the high bytes and that of the low bytes. */
    private static byte[] rle(Elements e, Phantom.Rows rows, Layout layout) {
        int width = layout.columns();
        int plane = layout.rows() * Layout.rleRow(width);
        int even = plane + (plane & 1);
        byte[] out = new byte[8 + 64 + 2 * even];
        ByteBuffer.wrap(out)
                .put(e.mark(0xE000, 64 + 2 * even))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2)
                .putInt(64)
                .putInt(64 + even);
        int[] row = new int[width];
        int at = 72;
        for (int y = 0; y < layout.rows(); y++) {
            rows.next(row);
            for (int x = 0; x < width; x++) {
                if (x % 128 == 0) {
                    byte run = (byte) (Math.min(128, width - x) - 1);
                    out[at] = run;
                    out[at + even] = run;
                    at++;
                }
                out[at] = (byte) (row[x] >> 8);
                out[at + even] = (byte) row[x];
                at++;
            }
        }
        return out;
    }

    // --- JPEG baseline ---

    private Plan jpeg() {
        Scan scan = size < (3 << 20) ? Scan.CR : Scan.XA;
        byte[] start = preamble(scan.sopClass);
        var key = job.record().derive("picture");
        if (scan == Scan.CR) {
            int fixed = start.length + image(scan, 1000, 1000, 1, true).bytes().length + 12 + 8 + 8 + 8;
            int room = (int) (size - fixed - leastPrivate() - 16) & ~1;
            Jpeg.Picture picture = Jpeg.exactly(Math.max(room, Jpeg.MINIMUM), scan.phantom, key, day);
            return Plan.of(
                    encapsulated(start, image(scan, picture.width(), picture.height(), 1, true), picture.bytes()));
        }
        int side = 1024;
        var trial = new Phantom(scan.phantom, key, side, side, 16);
        int largest = Jpeg.encode(trial.frame(7), side, side, 88).length;
        int reserve = start.length + image(scan, side, side, 99_999, true).bytes().length + 28 + leastPrivate();
        int frames = (int) Math.max(1, (size - reserve) / (largest * 21L / 20 + 8));
        int each = (int) ((size - reserve) / frames - 8) & ~1;
        Elements e = image(scan, side, side, frames, true);
        byte[] pixelHeader = e.header(0x7FE00010L, "OB", UNDEFINED);
        long used = 16L + start.length + e.bytes().length + pixelHeader.length + frames * (each + 8L);
        fillPrivately(e, Math.toIntExact(size - used));
        byte[] head = concat(start, e.bytes(), pixelHeader, e.mark(0xE000, 0));
        var phantom = new Phantom(scan.phantom, key, side, side, frames);
        IntFunction<Iterator<byte[]>> pieces = f -> List.of(
                        e.mark(0xE000, each),
                        Jpeg.fitted(phantom.frame(f), () -> phantom.frame(f), side, side, each, day))
                .iterator();
        return new Plan(size, () -> new PieceStream(new Framed(head, frames, e.mark(0xE0DD, 0), pieces)));
    }

    private byte[] encapsulated(byte[] start, Elements e, byte[] picture) {
        byte[] pixelHeader = e.header(0x7FE00010L, "OB", UNDEFINED);
        long used = 24L + start.length + e.bytes().length + pixelHeader.length + picture.length;
        int room = (int) Math.max(size - used, 0);
        fillPrivately(e, room >= leastPrivate() ? room : 0);
        return concat(
                start,
                e.bytes(),
                pixelHeader,
                e.mark(0xE000, 0),
                e.mark(0xE000, picture.length),
                picture,
                e.mark(0xE0DD, 0));
    }

    // --- waveforms ---

    private Plan waveform() {
        // PS3.3 A.34: 12-lead objects hold up to 16384 samples, general ones more; ambulatory recordings go on for
        // days.
        long estimate = (size - 6000) / (2L * Ecg.LEADS);
        String sopClass = estimate <= 16_384
                ? "1.2.840.10008.5.1.4.1.1.9.1.1"
                : estimate < 2_000_000 ? "1.2.840.10008.5.1.4.1.1.9.1.2" : "1.2.840.10008.5.1.4.1.1.9.1.3";
        byte[] start = preamble(sopClass);
        String date = DateTimeFormatter.BASIC_ISO_DATE.format(day);
        Elements e = common(sopClass, "ECG")
                .text(0x00080023L, "DA", date)
                .text(0x00080033L, "TM", "090000")
                .text(0x0008002AL, "DT", date + "090000")
                .text(0x00180015L, "CS", "CHEST")
                .sequence(0x00400555L, List.of());
        Elements group = e.nested()
                .text(0x003A0004L, "CS", "ORIGINAL")
                .shorts(0x003A0005L, Ecg.LEADS)
                .number(0x003A0010L, 0)
                .text(0x003A001AL, "DS", Integer.toString(Ecg.HERTZ))
                .sequence(0x003A0200L, channels(e));
        group.shorts(0x54001004L, 16).text(0x54001006L, "CS", "SS");
        byte[] dataHeader = group.header(0x54001010L, "OW", 0);
        int sequence = e.header(0x54000100L, "SQ", UNDEFINED).length + 8;
        long fixed = start.length + e.bytes().length + sequence + group.bytes().length + dataHeader.length + 16L;
        int samples = (int) ((size - fixed - leastPrivate()) / (2 * Ecg.LEADS));
        if (samples < 1) {
            return frames(false);
        }
        group.number(0x003A0010L, samples);
        long data = 2L * Ecg.LEADS * samples;
        fillPrivately(e, (int) (size - fixed - data));
        byte[] head = concat(
                start,
                e.bytes(),
                e.header(0x54000100L, "SQ", UNDEFINED),
                e.mark(0xE000, UNDEFINED),
                group.bytes(),
                group.header(0x54001010L, "OW", (int) data));
        byte[] end = concat(e.mark(0xE00D, 0), e.mark(0xE0DD, 0));
        int perPiece = 500;
        int pieces = (samples + perPiece - 1) / perPiece;
        return new Plan(size, () -> {
            var ecg = new Ecg(job.persona(), day, job.record().stream("ecg"));
            return new PieceStream(new Framed(
                    head,
                    pieces,
                    end,
                    i -> List.of(samples(ecg, Math.min(perPiece, samples - i * perPiece)))
                            .iterator()));
        });
    }

    private byte[] samples(Ecg ecg, int count) {
        var out = ByteBuffer.allocate(2 * Ecg.LEADS * count).order(order);
        short[] leads = new short[Ecg.LEADS];
        for (int i = 0; i < count; i++) {
            ecg.next(leads);
            for (short lead : leads) {
                out.putShort(lead);
            }
        }
        return out.array();
    }

    private static List<Elements> channels(Elements e) {
        List<String> leads = List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");
        // SCPECG codes of the leads, Part 16 CID 3001: 5.6.3-9-n.
        int[] codes = {1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8};
        var all = new ArrayList<Elements>();
        IntStream.range(0, leads.size())
                .forEach(i -> all.add(e.nested()
                        .sequence(
                                0x003A0208L,
                                List.of(coded(e, "5.6.3-9-" + codes[i], "SCPECG", "1.3", "Lead " + leads.get(i))))
                        .text(0x003A0210L, "DS", "1")
                        .sequence(0x003A0211L, List.of(coded(e, "uV", "UCUM", "1.4", "microvolt")))
                        .text(0x003A0212L, "DS", "1")
                        .text(0x003A0213L, "DS", "0")
                        .text(0x003A0215L, "DS", "0")
                        .shorts(0x003A021AL, 16)));
        return all;
    }

    private static Elements coded(Elements e, String code, String scheme, String version, String meaning) {
        return e.nested()
                .text(0x00080100L, "SH", code)
                .text(0x00080102L, "SH", scheme)
                .text(0x00080103L, "SH", version)
                .text(0x00080104L, "LO", meaning);
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

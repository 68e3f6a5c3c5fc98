package org.sosia.decoy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Pictures as they are written without compression, so that their size is arithmetic and nothing but a row is in memory: BMP, TIFF
 * 6.0, and GIF as programs wrote it that avoided the patent on LZW (a clear code before the table would grow).
 */
final class Raster {

    private static final long LIMIT_32 = 0xFFFFFFFFL;

    /** GIF: as many literals as leave the codes at eight bits; then the table is cleared. */
    private static final int LITERALS = 125;

    private static final int GREYS = 128;
    private static final int SUB_BLOCK = 255;
    private static final int MOST_ACROSS = 65_000;

    private Raster() {}

    /** How many bytes a picture of these dimensions has as a file. */
    private interface Measure {
        long of(int width, int height);
    }

    /** The head of a file, then its rows, then its end. */
    private interface Writer {
        byte[] head();

        byte[] row(int[] pixels, int number);

        byte[] end();
    }

    private record Dimensions(int width, int height) {

        /** Dimensions that make a file in the bucket, near to the wished aspect; else the largest file below it. */
        static Dimensions in(SizeBucket bucket, Measure measure, double bytesPerPixel, double aspect) {
            double pixels = Math.max(1, bucket.largest() / bytesPerPixel);
            int middle = (int) Math.max(1, Math.min(MOST_ACROSS, StrictMath.sqrt(pixels / aspect)));
            Dimensions best = new Dimensions(1, 1);
            for (int step = 0; step <= Math.max(4, middle / 8); step++) {
                int width = Math.min(MOST_ACROSS, Math.max(1, middle + (step % 2 == 0 ? step / 2 : -(step + 1) / 2)));
                Dimensions candidate = new Dimensions(width, rows(bucket, measure, width));
                long size = measure.of(candidate.width, candidate.height);
                if (size <= bucket.largest() && size > measure.of(best.width, best.height)) {
                    best = candidate;
                }
                if (size >= bucket.smallest() && size <= bucket.largest()) {
                    return candidate;
                }
            }
            return best;
        }

        private static int rows(SizeBucket bucket, Measure measure, int width) {
            int low = 1;
            int high = MOST_ACROSS;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (measure.of(width, middle) <= bucket.largest()) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }

    private static Dimensions dimensions(Job job, Measure measure, double bytesPerPixel) {
        double aspect = 1.02 + 0.25 * job.record().unit("aspect");
        return Dimensions.in(SizeBucket.of(job.spec().sizeBucketBytes()), measure, bytesPerPixel, aspect);
    }

    private static Plan plan(Job job, Dimensions d, long size, Writer writer) {
        // Beyond what the format can hold, or where no picture fits the bucket: bytes behind the end, which readers
        // skip.
        long missing = Math.max(0, SizeBucket.of(job.spec().sizeBucketBytes()).smallest() - size);
        var phantom = new Phantom(Pictures.subject(job), job.record().derive("picture"), d.width(), d.height(), 1);
        return new Plan(size + missing, () -> new PieceStream(new Pieces(phantom.frame(0), d, writer, missing)));
    }

    private static final class Pieces implements Iterator<byte[]> {
        private final Phantom.Rows rows;
        private final Dimensions d;
        private final Writer writer;
        private final int[] row;
        private long missing;
        private int next = -1;

        Pieces(Phantom.Rows rows, Dimensions d, Writer writer, long missing) {
            this.rows = rows;
            this.d = d;
            this.writer = writer;
            this.missing = missing;
            this.row = new int[d.width()];
        }

        @Override
        public boolean hasNext() {
            return next <= d.height() || missing > 0;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int now = next++;
            if (now < 0) {
                return writer.head();
            }
            if (now > d.height()) {
                byte[] zeros = new byte[(int) Math.min(missing, 1 << 16)];
                missing -= zeros.length;
                return zeros;
            }
            if (now == d.height()) {
                return writer.end();
            }
            rows.nextForScreen(row);
            return writer.row(row, now);
        }
    }

    // --- BMP, 24 bits a pixel ---

    static Plan bmp(Job job) {
        int fixed = 54;
        Dimensions d = dimensions(job, (w, h) -> fixed + (long) stride(w) * h, 3);
        long size = fixed + (long) stride(d.width()) * d.height();
        byte[] head = ByteBuffer.allocate(fixed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'B')
                .put((byte) 'M')
                .putInt((int) Math.min(size, LIMIT_32))
                .putInt(0)
                .putInt(fixed)
                .putInt(40)
                .putInt(d.width())
                // From the top, as the rows come; the other order would need the whole picture in memory.
                .putInt(-d.height())
                .putShort((short) 1)
                .putShort((short) 24)
                .putInt(0)
                .putInt((int) Math.min(size - fixed, LIMIT_32))
                .putInt(3780)
                .putInt(3780)
                .array();
        return plan(job, d, size, new Writer() {
            @Override
            public byte[] head() {
                return head.clone();
            }

            @Override
            public byte[] row(int[] pixels, int number) {
                byte[] out = new byte[stride(pixels.length)];
                for (int x = 0; x < pixels.length; x++) {
                    out[3 * x] = (byte) pixels[x];
                    out[3 * x + 1] = (byte) pixels[x];
                    out[3 * x + 2] = (byte) pixels[x];
                }
                return out;
            }

            @Override
            public byte[] end() {
                return new byte[0];
            }
        });
    }

    /** Rows end on a multiple of four bytes. */
    private static int stride(int width) {
        return (3 * width + 3) & ~3;
    }

    // --- TIFF, 8 bits a pixel, one strip ---

    static Plan tiff(Job job) {
        byte[] software = "ImageStation 4.1\0\0".getBytes(StandardCharsets.US_ASCII);
        int entries = 13;
        int extra = 8 + 2 + 12 * entries + 4;
        int fixed = extra + 16 + software.length;
        Dimensions d = dimensions(job, (w, h) -> fixed + (long) w * h, 1);
        long pixels = (long) d.width() * d.height();
        var head = ByteBuffer.allocate(fixed).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) entries);
        // TIFF 6.0, section 2: tag, type (3 short, 4 long, 5 rational, 2 text), count, value or its place.
        entry(head, 254, 4, 1, 0);
        entry(head, 256, 4, 1, d.width());
        entry(head, 257, 4, 1, d.height());
        entry(head, 258, 3, 1, 8);
        entry(head, 259, 3, 1, 1);
        entry(head, 262, 3, 1, 1);
        entry(head, 273, 4, 1, fixed);
        entry(head, 277, 3, 1, 1);
        entry(head, 278, 4, 1, d.height());
        entry(head, 279, 4, 1, (int) Math.min(pixels, LIMIT_32));
        entry(head, 282, 5, 1, extra);
        entry(head, 283, 5, 1, extra + 8);
        entry(head, 305, 2, software.length - 1, extra + 16);
        head.putInt(0).putInt(150).putInt(1).putInt(150).putInt(1).put(software);
        return plan(job, d, fixed + pixels, new Writer() {
            @Override
            public byte[] head() {
                return head.array().clone();
            }

            @Override
            public byte[] row(int[] row, int number) {
                byte[] out = new byte[row.length];
                for (int x = 0; x < row.length; x++) {
                    out[x] = (byte) row[x];
                }
                return out;
            }

            @Override
            public byte[] end() {
                return new byte[0];
            }
        });
    }

    private static void entry(ByteBuffer head, int tag, int type, int count, int value) {
        head.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    // --- GIF, 128 greys ---

    static Plan gif(Job job) {
        Dimensions d = dimensions(job, Raster::gifBytes, 1 + 1.0 / LITERALS + 1.0 / SUB_BLOCK);
        var head = ByteBuffer.allocate(13 + 3 * GREYS + 11).order(ByteOrder.LITTLE_ENDIAN);
        head.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) d.width())
                .putShort((short) d.height())
                // A global table of 2^7 colours.
                .put((byte) 0xF6)
                .putShort((short) 0);
        for (int grey = 0; grey < GREYS; grey++) {
            byte level = (byte) (grey * 255 / (GREYS - 1));
            head.put(level).put(level).put(level);
        }
        head.put((byte) ',')
                .putInt(0)
                .putShort((short) d.width())
                .putShort((short) d.height())
                .put((byte) 0)
                .put((byte) 7);
        return plan(job, d, gifBytes(d.width(), d.height()), new GifWriter(head.array(), d));
    }

    private static long gifBytes(int width, int height) {
        long pixels = (long) width * height;
        long codes = pixels + (pixels + LITERALS - 1) / LITERALS + 1;
        return 13 + 3 * GREYS + 11 + codes + (codes + SUB_BLOCK - 1) / SUB_BLOCK + 2;
    }

    /** Codes of eight bits fall on bytes; sub-blocks run across rows. One reading has one writer's state, reset by its head. */
    private static final class GifWriter implements Writer {
        private static final byte CLEAR = (byte) 128;
        private static final byte END_OF_INFORMATION = (byte) 129;

        private final byte[] head;
        private final Dimensions d;

        GifWriter(byte[] head, Dimensions d) {
            this.head = head;
            this.d = d;
        }

        @Override
        public byte[] head() {
            return head.clone();
        }

        @Override
        public byte[] row(int[] pixels, int number) {
            long before = (long) number * d.width();
            var out = ByteBuffer.allocate(2 * pixels.length + 8);
            for (int x = 0; x < pixels.length; x++) {
                long pixel = before + x;
                long place = pixel + (pixel + LITERALS - 1) / LITERALS;
                if (pixel % LITERALS == 0) {
                    code(out, place, CLEAR);
                    place++;
                }
                code(out, place, (byte) (pixels[x] >> 1));
            }
            return java.util.Arrays.copyOf(out.array(), out.position());
        }

        /** The code at a place in the data; in front of every 255th stands how many follow. */
        private void code(ByteBuffer out, long place, byte code) {
            if (place % SUB_BLOCK == 0) {
                out.put((byte) Math.min(SUB_BLOCK, codes() - place));
            }
            out.put(code);
        }

        private long codes() {
            long pixels = (long) d.width() * d.height();
            return pixels + (pixels + LITERALS - 1) / LITERALS + 1;
        }

        @Override
        public byte[] end() {
            var out = ByteBuffer.allocate(4);
            code(out, codes() - 1, END_OF_INFORMATION);
            out.put((byte) 0).put((byte) ';');
            return java.util.Arrays.copyOf(out.array(), out.position());
        }
    }
}

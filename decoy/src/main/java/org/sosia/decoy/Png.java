package org.sosia.decoy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Grey pictures as PNG, of an exact number of bytes: compressed while they fit in memory, stored row by row beyond. */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK = 12;
    /** A text chunk needs a keyword, its zero byte and a chunk around both. */
    private static final int LEAST_TEXT = CHUNK + 9;

    static final int MINIMUM = 110;

    /** Larger pictures are stored, and streamed. */
    static final long LARGEST = 12 << 20;

    private Png() {}

    static Plan plan(long target, Phantom.Kind kind, Keystream.Key key, LocalDate day) {
        long size = Math.max(target, MINIMUM);
        return size <= LARGEST
                ? new Plan(size, () -> new java.io.ByteArrayInputStream(exactly((int) size, kind, key, day)))
                : stored(size, kind, key, day);
    }

    static byte[] exactly(int size, Phantom.Kind kind, Keystream.Key key, LocalDate day) {
        double pixels = Math.max(1, size * 1.5);
        double aspect = 1.05 + 0.2 * key.unit("aspect");
        byte[] best = new byte[0];
        int bestWidth = 0;
        int bestHeight = 0;
        int fixed = SIGNATURE.length + CHUNK + 13 + CHUNK + CHUNK;
        for (int i = 0; i < 60; i++) {
            int height = (int) Math.max(1, StrictMath.sqrt(pixels * aspect));
            int width = (int) Math.max(1, pixels / height);
            byte[] data = deflate(new Phantom(kind, key, width, height, 1).frame(0), width, height);
            int room = size - fixed - data.length;
            if (room == 0 || room >= LEAST_TEXT) {
                best = data;
                bestWidth = width;
                bestHeight = height;
                if (room <= Math.max(900, size / 30) || i > 5) {
                    break;
                }
            }
            double wanted = Math.max(1, size - fixed - LEAST_TEXT - size * 0.015);
            pixels = Math.max(1, pixels * (i > 5 ? 0.8 : Math.max(0.1, wanted / data.length)));
        }
        if (bestWidth == 0) {
            throw new IllegalStateException("No picture is so small");
        }
        var out = new ByteArrayOutputStream(size);
        out.writeBytes(SIGNATURE);
        out.writeBytes(header(bestWidth, bestHeight, 8));
        out.writeBytes(text(size - fixed - best.length, day));
        out.writeBytes(chunk("IDAT", best));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] deflate(Phantom.Rows rows, int width, int height) {
        byte[] raw = new byte[height * (width + 1)];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            rows.nextForScreen(row);
            int at = y * (width + 1);
            // Filter 1: each pixel as the difference to its left neighbour.
            raw[at] = 1;
            int left = 0;
            for (int x = 0; x < width; x++) {
                int value = row[x];
                raw[at + 1 + x] = (byte) (value - left);
                left = value;
            }
        }
        var deflater = new Deflater(6);
        deflater.setInput(raw);
        deflater.finish();
        var out = new ByteArrayOutputStream(raw.length);
        byte[] buffer = new byte[65_536];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] header(int width, int height, int depth) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .array());
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(CHUNK + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Metadata of exactly so many bytes: none, or at least {@link #LEAST_TEXT}. */
    private static byte[] text(int room, LocalDate day) {
        if (room == 0) {
            return new byte[0];
        }
        byte[] international = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        int packet = room - CHUNK - international.length;
        if (packet >= Xmp.minimum(day)) {
            return chunk(
                    "iTXt",
                    ByteBuffer.allocate(international.length + packet)
                            .put(international)
                            .put(Xmp.packet(day, packet))
                            .array());
        }
        byte[] keyword = "Comment\0".getBytes(StandardCharsets.US_ASCII);
        byte[] data = new byte[room - CHUNK];
        java.util.Arrays.fill(data, (byte) ' ');
        System.arraycopy(keyword, 0, data, 0, keyword.length);
        return chunk("tEXt", data);
    }

    /** 16 bits per pixel in stored blocks, one chunk and block per row, so that the size is arithmetic. */
    private static Plan stored(long size, Phantom.Kind kind, Keystream.Key key, LocalDate day) {
        int width = (int) Math.min(32_000, StrictMath.sqrt(size / 2.0) * (0.85 + 0.1 * key.unit("aspect")));
        int perRow = CHUNK + 5 + 1 + 2 * width;
        // Signature, header, end, and in the first and last chunk the zlib header and checksum.
        int fixed = SIGNATURE.length + CHUNK + 13 + CHUNK + 2 + 4;
        int height = (int) ((size - fixed - LEAST_TEXT) / perRow);
        int room = (int) (size - fixed - (long) height * perRow);
        var phantom = new Phantom(kind, key, width, height, 1);
        return new Plan(size, () -> new PieceStream(new StoredRows(phantom.frame(0), width, height, room, day)));
    }

    private static final class StoredRows implements Iterator<byte[]> {
        private final Phantom.Rows rows;
        private final int width;
        private final int height;
        private final int room;
        private final LocalDate day;
        private final int[] row;
        private final Adler32 adler = new Adler32();
        private int y = -1;

        StoredRows(Phantom.Rows rows, int width, int height, int room, LocalDate day) {
            this.rows = rows;
            this.width = width;
            this.height = height;
            this.room = room;
            this.day = day;
            this.row = new int[width];
        }

        @Override
        public boolean hasNext() {
            return y <= height;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int now = y++;
            if (now < 0) {
                byte[] text = text(room, day);
                return ByteBuffer.allocate(SIGNATURE.length + CHUNK + 13 + text.length)
                        .put(SIGNATURE)
                        .put(header(width, height, 16))
                        .put(text)
                        .array();
            }
            return now == height ? chunk("IEND", new byte[0]) : line(now);
        }

        private byte[] line(int number) {
            rows.next(row);
            byte[] raw = new byte[1 + 2 * width];
            for (int x = 0; x < width; x++) {
                raw[1 + 2 * x] = (byte) (row[x] >> 4);
                raw[2 + 2 * x] = (byte) (row[x] << 4);
            }
            adler.update(raw);
            boolean isLast = number == height - 1;
            var data = ByteBuffer.allocate((number == 0 ? 2 : 0) + 5 + raw.length + (isLast ? 4 : 0));
            if (number == 0) {
                data.put((byte) 0x78).put((byte) 0x01);
            }
            // RFC 1951, 3.2.4: length and its complement, least significant byte first.
            data.put((byte) (isLast ? 1 : 0))
                    .putShort(Short.reverseBytes((short) raw.length))
                    .putShort(Short.reverseBytes((short) ~raw.length))
                    .put(raw);
            if (isLast) {
                data.putInt((int) adler.getValue());
            }
            return chunk("IDAT", data.array());
        }
    }
}

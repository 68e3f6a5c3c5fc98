package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Grey pictures as baseline JPEG (ITU-T T.81), of an exact number of bytes.
 *
 * <p>An own encoder, because the bytes must repeat on every machine and because a double of gigabytes may not need a picture of
 * gigabytes in memory. Tables are those of Annex K.
 */
final class Jpeg {

    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] DC_COUNTS = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] DC_VALUES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] AC_COUNTS = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d};
    private static final int[] AC_VALUES = {
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
                0x14, 0x32, 0x81, 0x91,
        0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16,
                0x17, 0x18, 0x19, 0x1a,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47,
                0x48, 0x49, 0x4a, 0x53,
        0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75,
                0x76, 0x77, 0x78, 0x79,
        0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
                0xa2, 0xa3, 0xa4, 0xa5,
        0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
                0xc6, 0xc7, 0xc8, 0xc9,
        0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8,
                0xe9, 0xea, 0xf1, 0xf2,
        0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa
    };
    /** code << 8 | length, by symbol. */
    private static final int[] DC_CODES = codes(DC_COUNTS, DC_VALUES);

    private static final int[] AC_CODES = codes(AC_COUNTS, AC_VALUES);
    /** The scale factors of Arai, Agui and Nakajima's transform. */
    private static final float[] AAN = {
        1.0f,
        (float) 1.387039845,
        (float) 1.306562965,
        (float) 1.175875602,
        1.0f,
        (float) 0.785694958,
        (float) 0.541196100,
        (float) 0.275899379
    };

    /** Tables, frame and one block, with some room. */
    static final int MINIMUM = 420;

    /** Largest picture made in one piece; larger files hold several. */
    static final int LARGEST = 12 << 20;

    private static final int QUALITY = 88;

    private final int width;
    private final int height;
    private final float[] divisors = new float[64];
    private final int[] quantizers = new int[64];
    private final Bytes out;
    private int bits;
    private int bitCount;

    private Jpeg(int width, int height, int quality) {
        this.width = width;
        this.height = height;
        this.out = new Bytes(width * height / 3 + 1024);
        int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        for (int i = 0; i < 64; i++) {
            quantizers[i] = Math.max(1, Math.min(255, (LUMINANCE[i] * scale + 50) / 100));
            divisors[i] = 1f / (quantizers[i] * AAN[i / 8] * AAN[i % 8] * 8f);
        }
    }

    /** A growing array without the lock of the library's. */
    private static final class Bytes {
        private byte[] bytes;
        private int length;

        Bytes(int capacity) {
            this.bytes = new byte[capacity];
        }

        void write(int value) {
            if (length == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) value;
        }

        void writeBytes(byte[] more) {
            for (byte b : more) {
                write(b);
            }
        }

        byte[] toByteArray() {
            return java.util.Arrays.copyOf(bytes, length);
        }
    }

    /** A picture and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record Picture(int width, int height, byte[] bytes) {}

    /** A picture whose dimensions follow from the size. */
    static Picture exactly(int size, Phantom.Kind kind, Keystream.Key key, LocalDate day) {
        double pixels = Math.max(64, size * (size > 200_000 ? 6.4 : 5));
        double aspect = 1.1 + 0.25 * key.unit("aspect");
        Picture best = new Picture(0, 0, new byte[0]);
        for (int i = 0; i < 40; i++) {
            int height = (int) Math.max(1, Math.min(65_000, StrictMath.sqrt(pixels * aspect)));
            int width = (int) Math.max(1, Math.min(65_000, pixels / height));
            byte[] bytes = encode(new Phantom(kind, key, width, height, 1).frame(0), width, height, QUALITY);
            int room = size - bytes.length;
            if (fits(room)) {
                best = new Picture(width, height, bytes);
                if (room <= Math.max(900, size / 30) || i > 5) {
                    break;
                }
            }
            double wanted = Math.max(1, size - 4 - Math.max(16, size * 0.015));
            pixels = Math.max(1, pixels * (i > 5 ? 0.8 : Math.max(0.1, wanted / bytes.length)));
        }
        if (best.width() == 0) {
            throw new IllegalStateException("No picture is so small");
        }
        return new Picture(best.width(), best.height(), fill(best.bytes(), size, day));
    }

    /** One frame of given dimensions in so many bytes, at the best quality that fits. */
    static byte[] fitted(
            Phantom.Rows rows,
            java.util.function.Supplier<Phantom.Rows> again,
            int width,
            int height,
            int size,
            LocalDate day) {
        byte[] bytes = encode(rows, width, height, QUALITY);
        for (int quality = QUALITY - 6; !fits(size - bytes.length) && quality > 1; quality -= 6) {
            bytes = encode(again.get(), width, height, quality);
        }
        return fill(bytes, size, day);
    }

    private static boolean fits(int room) {
        return room == 0 || room >= 4;
    }

    /** Puts segments behind the first marker until the size is right. */
    private static byte[] fill(byte[] jpeg, int size, LocalDate day) {
        byte[] whole = new byte[size];
        System.arraycopy(jpeg, 0, whole, 0, 2);
        int at = 2;
        int room = size - jpeg.length;
        while (room > 0) {
            int part = Math.min(room, 60_000);
            part = room > part && room - part < 4 ? part - 4 : part;
            byte[] label = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
            boolean isXmp = part - 4 - label.length >= Xmp.minimum(day);
            whole[at] = (byte) 0xff;
            whole[at + 1] = (byte) (isXmp ? 0xe1 : 0xfe);
            whole[at + 2] = (byte) ((part - 2) >> 8);
            whole[at + 3] = (byte) (part - 2);
            if (isXmp) {
                System.arraycopy(label, 0, whole, at + 4, label.length);
                byte[] packet = Xmp.packet(day, part - 4 - label.length);
                System.arraycopy(packet, 0, whole, at + 4 + label.length, packet.length);
            } else {
                java.util.Arrays.fill(whole, at + 4, at + part, (byte) ' ');
            }
            at += part;
            room -= part;
        }
        System.arraycopy(jpeg, 2, whole, at, jpeg.length - 2);
        return whole;
    }

    private static int[] codes(int[] counts, int[] values) {
        int[] codes = new int[256];
        int code = 0;
        int k = 0;
        for (int length = 1; length <= 16; length++) {
            for (int i = 0; i < counts[length - 1]; i++) {
                codes[values[k++]] = (code++ << 8) | length;
            }
            code <<= 1;
        }
        return codes;
    }

    /** Encodes a picture of 8 bits. */
    static byte[] encode(Phantom.Rows rows, int width, int height, int quality) {
        return new Jpeg(width, height, quality).encode(rows);
    }

    private byte[] encode(Phantom.Rows rows) {
        header();
        int padded = (width + 7) & ~7;
        float[] strip = new float[8 * padded];
        int[] row = new int[width];
        float[] block = new float[64];
        int dc = 0;
        for (int y = 0; y < height; y += 8) {
            for (int i = 0; i < 8; i++) {
                if (y + i < height) {
                    rows.nextForScreen(row);
                }
                for (int x = 0; x < padded; x++) {
                    strip[i * padded + x] = row[Math.min(x, width - 1)] - 128;
                }
            }
            for (int x = 0; x < padded; x += 8) {
                for (int i = 0; i < 8; i++) {
                    System.arraycopy(strip, i * padded + x, block, 8 * i, 8);
                }
                dc = block(block, dc);
            }
        }
        if (bitCount > 0) {
            put(0x7f, 8 - bitCount);
        }
        two(0xffd9);
        return out.toByteArray();
    }

    private void two(int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private void header() {
        two(0xffd8);
        two(0xffe0);
        two(16);
        out.writeBytes(new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 1, 0, 96, 0, 96, 0, 0});
        two(0xffdb);
        two(67);
        out.write(0);
        for (int i = 0; i < 64; i++) {
            out.write(quantizers[ZIGZAG[i]]);
        }
        two(0xffc0);
        two(11);
        out.write(8);
        two(height);
        two(width);
        out.writeBytes(new byte[] {1, 1, 0x11, 0});
        table(0x00, DC_COUNTS, DC_VALUES);
        table(0x10, AC_COUNTS, AC_VALUES);
        two(0xffda);
        two(8);
        out.writeBytes(new byte[] {1, 1, 0, 0, 63, 0});
    }

    private void table(int id, int[] counts, int[] values) {
        two(0xffc4);
        two(19 + values.length);
        out.write(id);
        for (int count : counts) {
            out.write(count);
        }
        for (int value : values) {
            out.write(value);
        }
    }

    private void put(int value, int length) {
        bits = (bits << length) | (value & ((1 << length) - 1));
        bitCount += length;
        while (bitCount >= 8) {
            bitCount -= 8;
            int next = (bits >> bitCount) & 0xff;
            out.write(next);
            if (next == 0xff) {
                out.write(0);
            }
        }
    }

    private void code(int code) {
        put(code >> 8, code & 0xff);
    }

    private void number(int value, int length) {
        put(value < 0 ? value + (1 << length) - 1 : value, length);
    }

    private static int length(int value) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    private int block(float[] block, int dcBefore) {
        for (int i = 0; i < 8; i++) {
            transform(block, 8 * i, 1);
        }
        for (int i = 0; i < 8; i++) {
            transform(block, i, 8);
        }
        int dc = Math.round(block[0] * divisors[0]);
        int length = length(dc - dcBefore);
        code(DC_CODES[length]);
        number(dc - dcBefore, length);
        int zeros = 0;
        for (int i = 1; i < 64; i++) {
            int at = ZIGZAG[i];
            int value = Math.round(block[at] * divisors[at]);
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                code(AC_CODES[0xf0]);
            }
            int size = length(value);
            code(AC_CODES[(zeros << 4) | size]);
            number(value, size);
            zeros = 0;
        }
        if (zeros > 0) {
            code(AC_CODES[0]);
        }
        return dc;
    }

    /** Arai, Agui, Nakajima 1988: the cosine transform of eight values with five multiplications, up to a scale. */
    private static void transform(float[] d, int at, int step) {
        float s0 = d[at] + d[at + 7 * step];
        float s7 = d[at] - d[at + 7 * step];
        float s1 = d[at + step] + d[at + 6 * step];
        float s6 = d[at + step] - d[at + 6 * step];
        float s2 = d[at + 2 * step] + d[at + 5 * step];
        float s5 = d[at + 2 * step] - d[at + 5 * step];
        float s3 = d[at + 3 * step] + d[at + 4 * step];
        float s4 = d[at + 3 * step] - d[at + 4 * step];
        float e0 = s0 + s3;
        float e3 = s0 - s3;
        float e1 = s1 + s2;
        float e2 = s1 - s2;
        d[at] = e0 + e1;
        d[at + 4 * step] = e0 - e1;
        float z1 = (e2 + e3) * (float) 0.707106781;
        d[at + 2 * step] = e3 + z1;
        d[at + 6 * step] = e3 - z1;
        float o0 = s4 + s5;
        float o1 = s5 + s6;
        float o2 = s6 + s7;
        float z5 = (o0 - o2) * (float) 0.382683433;
        float z2 = (float) 0.541196100 * o0 + z5;
        float z4 = (float) 1.306562965 * o2 + z5;
        float z3 = o1 * (float) 0.707106781;
        float z11 = s7 + z3;
        float z13 = s7 - z3;
        d[at + 5 * step] = z13 + z2;
        d[at + 3 * step] = z13 - z2;
        d[at + step] = z11 + z4;
        d[at + 7 * step] = z11 - z4;
    }
}

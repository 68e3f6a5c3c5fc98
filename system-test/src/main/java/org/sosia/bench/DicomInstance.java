package org.sosia.bench;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/** A CT slice of 512 x 512 pixels of 16 bits, about 525 kB: what a scanner sends by the hundred. Each one made is another instance. */
final class DicomInstance {
    private static final int SIDE = 512;
    private static final String CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private DicomInstance() {}

    /** The file, by PS3.10. */
    static byte[] bytes(String study, String series, SplittableRandom random) {
        String instance = uid();
        DicomInstance meta = new DicomInstance();
        meta.element(0x0002, 0x0001, "OB", new byte[] {0, 1});
        meta.text(0x0002, 0x0002, "UI", CT_IMAGE);
        meta.text(0x0002, 0x0003, "UI", instance);
        meta.text(0x0002, 0x0010, "UI", EXPLICIT_LITTLE_ENDIAN);
        meta.text(0x0002, 0x0012, "UI", "2.25.1");

        DicomInstance file = new DicomInstance();
        file.out.writeBytes(new byte[128]);
        file.out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.element(0x0002, 0x0000, "UL", new byte[] {(byte) meta.out.size(), 0, 0, 0});
        file.out.writeBytes(meta.out.toByteArray());
        file.text(0x0008, 0x0016, "UI", CT_IMAGE);
        file.text(0x0008, 0x0018, "UI", instance);
        file.text(0x0008, 0x0060, "CS", "CT");
        file.text(0x0010, 0x0010, "PN", "Bench^Person");
        file.text(0x0010, 0x0020, "LO", "BENCH");
        file.text(0x0020, 0x000d, "UI", study);
        file.text(0x0020, 0x000e, "UI", series);
        file.number(0x0028, 0x0002, 1);
        file.text(0x0028, 0x0004, "CS", "MONOCHROME2");
        file.number(0x0028, 0x0010, SIDE);
        file.number(0x0028, 0x0011, SIDE);
        file.number(0x0028, 0x0100, 16);
        file.number(0x0028, 0x0101, 12);
        file.number(0x0028, 0x0102, 11);
        file.number(0x0028, 0x0103, 0);
        file.element(0x7fe0, 0x0010, "OW", pixels(random));
        return file.out.toByteArray();
    }

    static String uid() {
        return "2.25." + new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16);
    }

    private static byte[] pixels(SplittableRandom random) {
        byte[] pixels = new byte[2 * SIDE * SIDE];
        ByteBuffer words = little(pixels);
        while (words.hasRemaining()) {
            words.putShort((short) random.nextInt(1 << 12));
        }
        return pixels;
    }

    private void text(int group, int element, String representation, String value) {
        char pad = representation.equals("UI") ? '\0' : ' ';
        String even = value.length() % 2 == 0 ? value : value + pad;
        element(group, element, representation, even.getBytes(StandardCharsets.US_ASCII));
    }

    private void number(int group, int element, int value) {
        element(group, element, "US", new byte[] {(byte) value, (byte) (value >>> 8)});
    }

    private void element(int group, int element, String representation, byte[] value) {
        boolean isLong = representation.equals("OB") || representation.equals("OW");
        byte[] bytes = new byte[isLong ? 12 : 8];
        ByteBuffer head = little(bytes);
        head.putShort((short) group).putShort((short) element);
        head.put(representation.getBytes(StandardCharsets.US_ASCII));
        if (isLong) {
            head.putShort((short) 0).putInt(value.length);
        } else {
            head.putShort((short) value.length);
        }
        out.writeBytes(bytes);
        out.writeBytes(value);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

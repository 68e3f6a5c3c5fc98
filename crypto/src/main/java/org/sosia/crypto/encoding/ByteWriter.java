package org.sosia.crypto.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Writes the project's binary formats: big-endian numbers, fixed fields, and fields preceded by their length. */
public final class ByteWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * Writes one byte.
     *
     * @param value 0 to 255
     * @return this writer
     */
    public ByteWriter u8(int value) {
        bytes.write(checked(value, 0xff));
        return this;
    }

    /**
     * Writes two bytes.
     *
     * @param value 0 to 65 535
     * @return this writer
     */
    public ByteWriter u16(int value) {
        return fixed(ByteBuffer.allocate(Short.BYTES)
                .putShort((short) checked(value, 0xffff))
                .array());
    }

    /**
     * Writes four bytes.
     *
     * @param value 0 or more
     * @return this writer
     */
    public ByteWriter u32(int value) {
        return fixed(ByteBuffer.allocate(Integer.BYTES)
                .putInt(checked(value, Integer.MAX_VALUE))
                .array());
    }

    /**
     * Writes eight bytes.
     *
     * @param value 0 or more
     * @return this writer
     */
    public ByteWriter u64(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("the number does not fit its field");
        }
        return fixed(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /**
     * Writes the sixteen bytes of an id.
     *
     * @param id the id
     * @return this writer
     */
    public ByteWriter uuid(UUID id) {
        return fixed(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /**
     * Writes bytes whose length the format fixes.
     *
     * @param field the bytes
     * @return this writer
     */
    public ByteWriter fixed(byte[] field) {
        bytes.writeBytes(field);
        return this;
    }

    /**
     * Writes the length in two bytes, then the bytes.
     *
     * @param field at most 65 535 bytes
     * @return this writer
     */
    public ByteWriter sized(byte[] field) {
        return u16(field.length).fixed(field);
    }

    /**
     * What was written so far.
     *
     * @return a fresh array
     */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private static int checked(int value, int greatest) {
        if (value < 0 || value > greatest) {
            throw new IllegalArgumentException("the number does not fit its field");
        }
        return value;
    }
}

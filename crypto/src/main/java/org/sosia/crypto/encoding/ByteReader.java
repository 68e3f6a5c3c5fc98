package org.sosia.crypto.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads what {@link ByteWriter} wrote and nothing else: no field reaches beyond the end, and {@link #end()} refuses whatever is left
 * over. Otherwise two byte strings would mean the same thing, and one of them would carry somebody's extra bytes.
 */
public final class ByteReader {
    private final ByteBuffer bytes;

    /**
     * Starts at the first byte.
     *
     * @param encoded what to read
     */
    public ByteReader(byte[] encoded) {
        bytes = ByteBuffer.wrap(encoded);
    }

    /**
     * Starts at the first byte of something whose size is bounded.
     *
     * @param encoded what to read
     * @param mostBytes the format's limit
     * @throws MalformedException if there are more bytes
     */
    public ByteReader(byte[] encoded, int mostBytes) throws MalformedException {
        if (encoded.length > mostBytes) {
            throw new MalformedException("the encoding is longer than its format allows");
        }
        bytes = ByteBuffer.wrap(encoded);
    }

    /**
     * Requires certain bytes: a magic, a version, a suite.
     *
     * @param constant what must stand here
     * @throws MalformedException if something else does
     */
    public void expect(byte... constant) throws MalformedException {
        if (!ByteBuffer.wrap(fixed(constant.length)).equals(ByteBuffer.wrap(constant))) {
            throw new MalformedException("the encoding is of another format, version or suite");
        }
    }

    /**
     * Reads one byte.
     *
     * @return 0 to 255
     * @throws MalformedException if the encoding ends before
     */
    public int u8() throws MalformedException {
        return fixed(1)[0] & 0xff;
    }

    /**
     * Reads two bytes.
     *
     * @return 0 to 65 535
     * @throws MalformedException if the encoding ends before
     */
    public int u16() throws MalformedException {
        require(Short.BYTES);
        return bytes.getShort() & 0xffff;
    }

    /**
     * Reads four bytes.
     *
     * @return 0 or more
     * @throws MalformedException if the encoding ends before, or the number is above 2³¹ - 1
     */
    public int u32() throws MalformedException {
        require(Integer.BYTES);
        return (int) notNegative(bytes.getInt());
    }

    /**
     * Reads eight bytes.
     *
     * @return 0 or more
     * @throws MalformedException if the encoding ends before, or the number is above 2⁶³ - 1
     */
    public long u64() throws MalformedException {
        require(Long.BYTES);
        return notNegative(bytes.getLong());
    }

    private static long notNegative(long number) throws MalformedException {
        if (number < 0) {
            throw new MalformedException("a number is too large");
        }
        return number;
    }

    /**
     * Reads the sixteen bytes of an id.
     *
     * @return the id
     * @throws MalformedException if the encoding ends before
     */
    public UUID uuid() throws MalformedException {
        require(2 * Long.BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /**
     * Reads bytes whose length the format fixes.
     *
     * @param length bytes
     * @return a fresh array
     * @throws MalformedException if the encoding ends before
     */
    public byte[] fixed(int length) throws MalformedException {
        require(length);
        byte[] field = new byte[length];
        bytes.get(field);
        return field;
    }

    /**
     * Reads a length of two bytes and so many bytes.
     *
     * @param mostBytes the field's limit
     * @return a fresh array
     * @throws MalformedException if the field is longer than its limit or than what is left
     */
    public byte[] sized(int mostBytes) throws MalformedException {
        int length = u16();
        if (length > mostBytes) {
            throw new MalformedException("a field is longer than its format allows");
        }
        return fixed(length);
    }

    /**
     * Reads a length of two bytes and so many bytes of UTF-8.
     *
     * @param mostBytes the field's limit
     * @return the text
     * @throws MalformedException if it is too long or no UTF-8
     */
    public String text(int mostBytes) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(sized(mostBytes)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("a text is no UTF-8");
        }
    }

    /**
     * Requires that everything was read.
     *
     * @throws MalformedException if bytes are left over
     */
    public void end() throws MalformedException {
        if (bytes.hasRemaining()) {
            throw new MalformedException("bytes are left over");
        }
    }

    private void require(int length) throws MalformedException {
        if (bytes.remaining() < length) {
            throw new MalformedException("the encoding ends too early");
        }
    }
}

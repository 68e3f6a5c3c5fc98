package org.sosia.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from what a client sent to PostgreSQL the values of its statements: messages of version 3 of the protocol, of which type B binds values to
 * a statement (PostgreSQL documentation, Message Formats).
 */
final class HandedOver {

    private static final int BIND = 'B';
    private static final int PROTOCOL_3 = 3 << 16;
    private static final int ARRAY_HEAD_BYTES = 20;

    /** A value in writing: the id of something, or bytes in hexadecimal. */
    private static final Pattern WRITTEN =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\\\\+x((?:[0-9a-f]{2})+)");

    private HandedOver() {}

    /** Values that stand alone, and apart from them elements of lists. */
    record Values(List<byte[]> single, List<byte[]> listed) {}

    static Values values(byte[] sent) {
        Values values = new Values(new ArrayList<>(), new ArrayList<>());
        ByteBuffer in = ByteBuffer.wrap(sent);
        greeting(in);
        while (in.remaining() > Integer.BYTES) {
            int type = in.get();
            ByteBuffer message = in.slice(in.position(), in.getInt(in.position()));
            in.position(in.position() + message.remaining());
            if (type == BIND) {
                bound(message.position(Integer.BYTES), values);
            }
        }
        return values;
    }

    /** Untyped messages come first: a request for encryption, and the version with the name of who comes. */
    private static void greeting(ByteBuffer in) {
        boolean greeted = false;
        while (!greeted) {
            int length = in.getInt(in.position());
            greeted = in.getInt(in.position() + Integer.BYTES) == PROTOCOL_3;
            in.position(in.position() + length);
        }
    }

    private static void bound(ByteBuffer message, Values values) {
        skipName(message);
        skipName(message);
        int formats = message.getShort();
        short[] binary = new short[formats];
        for (int i = 0; i < formats; i++) {
            binary[i] = message.getShort();
        }
        int count = message.getShort();
        for (int i = 0; i < count; i++) {
            int length = message.getInt();
            if (length >= 0) {
                byte[] value = new byte[length];
                message.get(value);
                boolean inBinary = formats > 0 && binary[formats == 1 ? 0 : i] == 1;
                take(value, inBinary, values);
            }
        }
    }

    private static void skipName(ByteBuffer message) {
        while (message.get() != 0) {}
    }

    private static void take(byte[] value, boolean binary, Values values) {
        if (!binary) {
            String text = new String(value, StandardCharsets.ISO_8859_1);
            Matcher written = WRITTEN.matcher(text);
            while (written.find()) {
                (text.startsWith("{") ? values.listed() : values.single())
                        .add(
                                written.group(1) != null
                                        ? bytes(UUID.fromString(written.group(1)))
                                        : HexFormat.of().parseHex(written.group(2)));
            }
        } else if (!tookArray(value, values)) {
            values.single().add(value);
        }
    }

    /** One dimension, no absent elements, lower bound 1; then each element behind its length. */
    private static boolean tookArray(byte[] value, Values values) {
        ByteBuffer in = ByteBuffer.wrap(value);
        if (value.length < ARRAY_HEAD_BYTES || in.getInt() != 1 || in.getInt() > 1) {
            return false;
        }
        in.getInt();
        int count = in.getInt();
        in.getInt();
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                return false;
            }
            byte[] element = new byte[length];
            in.get(element);
            elements.add(element);
        }
        values.listed().addAll(elements);
        return !in.hasRemaining();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}

package org.sosia.words;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.sosia.crypto.keywords.Normaliser.CodeSystem;

/**
 * The describing tags of a DICOM file: modality, body part, descriptions, and codes with their meanings. Not whom it is about, nor who made
 * it. Sequences are read as if they were opened, so that codes inside are found; reading ends at the pixels.
 *
 * <p><b>Source.</b> DICOM PS3.5, 7.1, 7.5; PS3.6 for the tags; PS3.3, C.12.1.1.2 for character sets.
 */
final class DicomWords {

    private static final int PREAMBLE_BYTES = 128;
    private static final int MAGIC_BYTES = 4;
    private static final int TRANSFER_SYNTAX = 0x00020010;
    private static final int CHARACTER_SET = 0x00080005;
    private static final int CODE_VALUE = 0x00080100;
    private static final int CODE_SYSTEM = 0x00080102;
    private static final int PIXELS = 0x7FE00010;
    private static final int ITEM_GROUP = 0xFFFE;
    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int MOST_ELEMENTS = 20_000;
    private static final int LONGEST_VALUE = 4096;

    /** What describes a study, series or image in words. */
    private static final Set<Integer> TOLD = Set.of(
            0x00080060, // Modality
            0x00080061, // Modalities in Study
            0x00080104, // Code Meaning
            0x00081030, // Study Description
            0x0008103E, // Series Description
            0x00081080, // Admitting Diagnoses Description
            0x00180015, // Body Part Examined
            0x00181030, // Protocol Name
            0x00204000, // Image Comments
            0x00321030, // Reason for Study
            0x00321060, // Requested Procedure Description
            0x00400007, // Scheduled Procedure Step Description
            0x00400254); // Performed Procedure Step Description

    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private static final Map<String, Charset> CHARACTER_SETS = Map.of(
            "ISO_IR 192", StandardCharsets.UTF_8,
            "ISO_IR 100", StandardCharsets.ISO_8859_1,
            "ISO_IR 101", Charset.forName("ISO-8859-2"),
            "ISO_IR 144", Charset.forName("ISO-8859-5"),
            "ISO_IR 126", Charset.forName("ISO-8859-7"),
            "GB18030", Charset.forName("GB18030"));

    private final Found found;
    private Charset characters = StandardCharsets.US_ASCII;
    private String code = "";

    DicomWords(Found found) {
        this.found = found;
    }

    /** Throws what a buffer throws where the content was cut off: what was found up to there stands. */
    void read(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        in.position(PREAMBLE_BYTES + MAGIC_BYTES);
        String syntax = "";
        boolean explicit = true;
        for (int elements = 0; in.remaining() >= 8 && elements < MOST_ELEMENTS; elements++) {
            int start = in.position();
            int tag = tag(in);
            if (tag >>> 16 != 2 && explicit && !syntax.isEmpty()) {
                // The first element behind the meta information: from here on the data set's own syntax counts.
                in.position(start);
                dataSet(in, syntax);
                return;
            }
            byte[] value = value(in, length(in, tag, true));
            if (tag == TRANSFER_SYNTAX) {
                syntax = new String(value, StandardCharsets.US_ASCII)
                        .replace("\0", "")
                        .strip();
            }
        }
    }

    private void dataSet(ByteBuffer in, String syntax) {
        boolean explicit = !syntax.equals("1.2.840.10008.1.2");
        in.order(syntax.equals("1.2.840.10008.1.2.2") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int elements = 0; in.remaining() >= 8 && elements < MOST_ELEMENTS; elements++) {
            int tag = tag(in);
            if (tag == PIXELS) {
                return;
            }
            int vrAt = in.position();
            long length = length(in, tag, explicit);
            boolean sequence = tag >>> 16 == ITEM_GROUP || length == UNDEFINED || isSequence(in, vrAt, explicit);
            if (!sequence) {
                element(tag, value(in, length));
            }
        }
    }

    private static boolean isSequence(ByteBuffer in, int vrAt, boolean explicit) {
        return explicit && in.get(vrAt) == 'S' && in.get(vrAt + 1) == 'Q';
    }

    private static int tag(ByteBuffer in) {
        return (in.getShort() << 16) | Short.toUnsignedInt(in.getShort());
    }

    private static long length(ByteBuffer in, int tag, boolean explicit) {
        if (tag >>> 16 == ITEM_GROUP || !explicit) {
            return Integer.toUnsignedLong(in.getInt());
        }
        String vr = "" + (char) in.get() + (char) in.get();
        int shortLength = Short.toUnsignedInt(in.getShort());
        return LONG_FORM.contains(vr) ? Integer.toUnsignedLong(in.getInt()) : shortLength;
    }

    /** Passes over what is too long to be words. */
    private static byte[] value(ByteBuffer in, long length) {
        int end = Math.toIntExact(in.position() + length);
        byte[] value = new byte[length > LONGEST_VALUE ? 0 : (int) length];
        in.get(value);
        in.position(end);
        return value;
    }

    private void element(int tag, byte[] value) {
        String text = new String(value, characters).replace("\0", "").strip();
        if (tag == CHARACTER_SET) {
            characters = CHARACTER_SETS.getOrDefault(text, StandardCharsets.US_ASCII);
        } else if (tag == CODE_VALUE) {
            code = text;
        } else if (tag == CODE_SYSTEM) {
            Coding.system(text).ifPresent(this::coded);
        } else if (TOLD.contains(tag)) {
            found.text(text.replace('\\', ' ').replace('_', ' '));
        }
    }

    /** The value stands before its system (PS3.3, 8.1: elements are in the order of their tags). */
    private void coded(CodeSystem system) {
        found.code(system, code);
    }
}

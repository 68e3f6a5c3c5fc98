package org.sosia.imaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The elements of a DICOM file that say what its pixels are, and the pixels. The file was inspected when it was taken in; here it is bounded anew. */
final class DicomElements {

    static final int SAMPLES = 0x00280002;
    static final int PHOTOMETRIC = 0x00280004;
    static final int PLANAR = 0x00280006;
    static final int FRAMES = 0x00280008;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int REPRESENTATION = 0x00280103;
    static final int WINDOW_CENTRE = 0x00281050;
    static final int WINDOW_WIDTH = 0x00281051;
    static final int INTERCEPT = 0x00281052;
    static final int SLOPE = 0x00281053;

    private static final int PIXELS = 0x7FE00010;
    private static final int TRANSFER_SYNTAX = 0x00020010;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final int UNDEFINED = -1;
    private static final int PREAMBLE_BYTES = 132;
    private static final int DEEPEST = 32;
    private static final int LONGEST_VALUE = 1024;
    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final Map<Integer, byte[]> values = new HashMap<>();
    private final List<byte[]> fragments = new ArrayList<>();
    private ByteBuffer in;
    private boolean explicit = true;
    private boolean bigEndian;
    private String syntax = "";
    private byte @Nullable [] pixels;
    private byte[] offsets = new byte[0];

    private DicomElements(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static DicomElements read(byte[] file) throws UnsupportedImageException {
        DicomElements elements = new DicomElements(file);
        try {
            elements.in.position(PREAMBLE_BYTES);
            elements.meta();
            elements.dataSet();
            return elements;
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            throw new UnsupportedImageException("the DICOM file is cut short or malformed");
        }
    }

    private record Head(int tag, String vr, int length) {}

    private void meta() {
        while (in.remaining() >= 8 && in.getShort(in.position()) == 2) {
            Head head = head();
            byte[] value = take(head.length());
            if (head.tag() == TRANSFER_SYNTAX) {
                syntax = new String(value, US_ASCII).replace("\0", "").strip();
            }
        }
    }

    private void dataSet() throws UnsupportedImageException {
        explicit = !syntax.equals(IMPLICIT);
        bigEndian = syntax.equals(BIG_ENDIAN);
        if (syntax.equals(DEFLATED)) {
            in = ByteBuffer.wrap(inflated());
        }
        in.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 8 && pixels == null && fragments.isEmpty()) {
            element(head(), 0);
        }
    }

    /** As many bytes as a file may have, no more. */
    private byte[] inflated() throws UnsupportedImageException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(in.slice());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(piece);
                if (count == 0 && inflater.needsInput()) {
                    break;
                }
                out.write(piece, 0, count);
                if (out.size() > Images.MOST_BYTES) {
                    throw new UnsupportedImageException("the DICOM file inflates to more than is read");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException damaged) {
            throw new UnsupportedImageException("the DICOM file does not inflate");
        } finally {
            inflater.end();
        }
    }

    private Head head() {
        int tag = (in.getShort() << 16) | Short.toUnsignedInt(in.getShort());
        if (tag >>> 16 == 0xFFFE || !explicit) {
            return new Head(tag, "", in.getInt());
        }
        byte[] name = new byte[2];
        in.get(name);
        String vr = new String(name, US_ASCII);
        if (LONG_FORM.contains(vr)) {
            in.getShort();
            return new Head(tag, vr, in.getInt());
        }
        return new Head(tag, vr, Short.toUnsignedInt(in.getShort()));
    }

    private byte[] take(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private void pass(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + length);
    }

    private void element(Head head, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nests too deep");
        }
        if (head.length() == UNDEFINED) {
            if (head.tag() == PIXELS && depth == 0) {
                encapsulated();
            } else {
                sequence(head, depth);
            }
        } else if (depth == 0 && head.tag() == PIXELS) {
            pixels = take(head.length());
        } else if (depth == 0 && head.tag() >>> 16 == 0x0028 && head.length() <= LONGEST_VALUE) {
            values.put(head.tag(), take(head.length()));
        } else {
            pass(head.length());
        }
    }

    private void encapsulated() {
        offsets = item();
        Head head = head();
        while (head.tag() == ITEM) {
            fragments.add(take(head.length()));
            head = head();
        }
        if (head.tag() != SEQUENCE_END) {
            throw new IllegalArgumentException("a fragment is missing");
        }
    }

    private byte[] item() {
        Head head = head();
        if (head.tag() != ITEM) {
            throw new IllegalArgumentException("not an item");
        }
        return take(head.length());
    }

    /** PS3.5, 6.2.2: of unknown representation and undefined length is a sequence that is implicit and little-endian. */
    private void sequence(Head head, int depth) {
        boolean wasExplicit = explicit;
        ByteOrder wasOrder = in.order();
        if (head.vr().equals("UN")) {
            explicit = false;
            in.order(ByteOrder.LITTLE_ENDIAN);
        }
        for (Head item = head(); item.tag() != SEQUENCE_END; item = head()) {
            if (item.tag() != ITEM) {
                throw new IllegalArgumentException("not an item");
            }
            if (item.length() == UNDEFINED) {
                for (Head inner = head(); inner.tag() != ITEM_END; inner = head()) {
                    element(inner, depth + 1);
                }
            } else {
                pass(item.length());
            }
        }
        explicit = wasExplicit;
        in.order(wasOrder);
    }

    // ----------------------------------------------------------------------------------------------------------
    // answers

    String syntax() {
        return syntax;
    }

    boolean isBigEndian() {
        return bigEndian;
    }

    boolean hasPixels() {
        return pixels != null || !fragments.isEmpty();
    }

    /** Of all frames. */
    byte[] pixels() throws UnsupportedImageException {
        byte[] known = pixels;
        if (known == null) {
            throw new UnsupportedImageException("the pixel data are not where the transfer syntax wants them");
        }
        return known;
    }

    /** The first frame of encapsulated pixel data: up to where the offset table says that the second one begins, else to where one does. */
    byte[] frame() throws UnsupportedImageException {
        if (fragments.isEmpty()) {
            throw new UnsupportedImageException("the pixel data are not where the transfer syntax wants them");
        }
        int frames = number(FRAMES, 1);
        if (frames == fragments.size()) {
            return fragments.get(0);
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int second = offsets.length >= 8
                ? ByteBuffer.wrap(offsets).order(ByteOrder.LITTLE_ENDIAN).getInt(4)
                : -1;
        int at = 0;
        for (byte[] fragment : fragments) {
            boolean next = frame.size() > 0 && frames > 1 && (second > 0 ? at >= second : beginsImage(fragment));
            if (next) {
                break;
            }
            frame.writeBytes(fragment);
            at += 8 + fragment.length;
        }
        return frame.toByteArray();
    }

    /** The first marker of JPEG and JPEG-LS, or of JPEG 2000. */
    private static boolean beginsImage(byte[] fragment) {
        return fragment.length > 2
                && fragment[0] == (byte) 0xFF
                && (fragment[1] == (byte) 0xD8 || fragment[1] == (byte) 0x4F);
    }

    String text(int tag) {
        byte[] value = values.get(tag);
        return value == null
                ? ""
                : new String(value, US_ASCII).replace("\0", "").strip();
    }

    /** An unsigned short, or for the number of frames a string of digits. */
    int number(int tag, int absent) throws UnsupportedImageException {
        byte[] value = values.get(tag);
        if (value == null || value.length == 0) {
            return absent;
        }
        if (tag == FRAMES) {
            String text = text(tag);
            return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : absent;
        }
        if (value.length < 2) {
            throw new UnsupportedImageException("an element of the DICOM file has no number");
        }
        return Short.toUnsignedInt(ByteBuffer.wrap(value)
                .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .getShort());
    }

    /** The first of several decimal strings. */
    double decimal(int tag, double absent) {
        String first = text(tag).split("\\\\", 2)[0].strip();
        if (!first.matches("[-+]?[0-9]{1,12}(\\.[0-9]{0,12})?([eE][-+]?[0-9]{1,2})?")
                && !first.matches("[-+]?\\.[0-9]{1,12}([eE][-+]?[0-9]{1,2})?")) {
            return absent;
        }
        return Double.parseDouble(first);
    }
}

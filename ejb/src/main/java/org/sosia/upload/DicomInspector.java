package org.sosia.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/**
 * DICOM Part 10: preamble, file meta information, and every element of the data set within the file.
 *
 * <p>The walk looks at tags and lengths only, never at values but the transfer syntax. Sequences of undefined length are followed to
 * their delimiters; whatever has a length is passed over.
 *
 * <p><b>Source.</b> DICOM PS3.5, 7.1, 7.5 and A.4; PS3.10, 7.1. The preamble is 128 free bytes, which is what makes DICOM files that
 * are programs as well (CVE-2019-11687).
 */
final class DicomInspector implements Inspector {

    static final String MEDIA_TYPE = "application/dicom";
    static final int PREAMBLE_BYTES = 128;
    static final byte[] MAGIC = {'D', 'I', 'C', 'M'};

    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

    private static final int TRANSFER_SYNTAX = 0x00020010;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final long UNDEFINED = 0xFFFFFFFFL;

    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 5_000_000;
    private static final int LONGEST_UID = 64;

    @Override
    public Optional<Finding> expected(byte[] head) {
        Feed feed = new Feed(new ByteArrayInputStream(head), "DICOM");
        try {
            feed.pass(PREAMBLE_BYTES);
            feed.expect(MAGIC);
            return Optional.of(new Finding(MEDIA_TYPE, new Walk(feed).meta()));
        } catch (IOException | UnsupportedContentException notWithinTheHead) {
            return Optional.empty();
        }
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Feed feed = new Feed(in, "DICOM");
        refusePrograms(feed.take(PREAMBLE_BYTES));
        feed.expect(MAGIC);
        Walk walk = new Walk(feed);
        String syntax = walk.meta();
        if (syntax.equals(DEFLATED)) {
            // Not inflated here: what would be inflated has no bound.
            if (feed.tail(1).length == 0) {
                throw feed.truncated();
            }
        } else {
            walk.dataSet(syntax);
        }
        return new Finding(MEDIA_TYPE, syntax);
    }

    private static void refusePrograms(byte[] preamble) throws UnsupportedContentException {
        String start = new String(preamble, 0, 5, US_ASCII);
        boolean program = start.startsWith("MZ")
                || start.startsWith("\u007fELF")
                || start.startsWith("#!")
                || start.startsWith("<")
                || start.startsWith("%PDF")
                || start.startsWith("PK")
                || (preamble[0] == (byte) 0xCA && preamble[1] == (byte) 0xFE)
                || (preamble[0] == (byte) 0xCF && preamble[1] == (byte) 0xFA);
        if (program) {
            throw new UnsupportedContentException(
                    ContentFault.DISGUISED, "the DICOM preamble is the start of another kind of file");
        }
    }

    /** One pass over the elements. */
    private static final class Walk {

        private final Feed feed;
        private boolean explicit = true;
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        private int elements;

        /** The head of the element that follows the meta information, which only reading it tells. */
        private byte[] ahead = new byte[0];

        Walk(Feed feed) {
            this.feed = feed;
        }

        /** Reads group 0002, always explicit and little-endian; leaves the next element's tag in {@link #ahead}. */
        String meta() throws IOException, UnsupportedContentException {
            String syntax = "";
            while (true) {
                byte[] tag = feed.takeUpTo(4);
                if (tag.length == 0 && elements > 0) {
                    break;
                }
                if (tag.length < 4) {
                    throw feed.truncated();
                }
                int group = Short.toUnsignedInt(
                        ByteBuffer.wrap(tag).order(ByteOrder.LITTLE_ENDIAN).getShort());
                if (group != 2) {
                    ahead = tag;
                    break;
                }
                Head head = rest(tag(tag));
                if (head.length == UNDEFINED) {
                    throw feed.malformed();
                }
                if (head.tag == TRANSFER_SYNTAX) {
                    syntax = uid(head.length);
                } else {
                    feed.pass(head.length);
                }
            }
            if (syntax.isEmpty()) {
                throw new UnsupportedContentException(
                        ContentFault.MALFORMED, "the DICOM file does not say its transfer syntax");
            }
            if (ahead.length == 0) {
                throw feed.truncated();
            }
            return syntax;
        }

        private String uid(long length) throws IOException, UnsupportedContentException {
            if (length > LONGEST_UID + 1) {
                throw feed.malformed();
            }
            String uid = new String(feed.take((int) length), US_ASCII)
                    .replace("\0", "")
                    .strip();
            if (!uid.matches("[0-9]{1,39}(\\.[0-9]{1,39})+") || uid.length() > LONGEST_UID) {
                throw feed.malformed();
            }
            return uid;
        }

        void dataSet(String syntax) throws IOException, UnsupportedContentException {
            explicit = !syntax.equals(IMPLICIT);
            order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            byte[] tag = ahead;
            while (tag.length > 0) {
                if (tag.length < 4) {
                    throw feed.truncated();
                }
                element(rest(tag(tag)), 0);
                tag = feed.takeUpTo(4);
            }
        }

        private record Head(int tag, String vr, long length) {}

        private int tag(byte[] bytes) {
            ByteBuffer tag = ByteBuffer.wrap(bytes).order(order);
            return (tag.getShort() << 16) | Short.toUnsignedInt(tag.getShort());
        }

        private Head rest(int tag) throws IOException, UnsupportedContentException {
            if (++elements > MOST_ELEMENTS) {
                throw new UnsupportedContentException(
                        ContentFault.TOO_COMPLEX, "the DICOM file has more elements than are taken in");
            }
            if (tag >>> 16 == 0xFFFE || !explicit) {
                return new Head(tag, "", length(feed.take(4)));
            }
            byte[] two = feed.take(4);
            String vr = new String(two, 0, 2, US_ASCII);
            if (!vr.matches("[A-Z]{2}")) {
                throw feed.malformed();
            }
            if (LONG_FORM.contains(vr)) {
                return new Head(tag, vr, length(feed.take(4)));
            }
            return new Head(
                    tag,
                    vr,
                    Short.toUnsignedInt(ByteBuffer.wrap(two, 2, 2).order(order).getShort()));
        }

        private long length(byte[] four) {
            return Integer.toUnsignedLong(ByteBuffer.wrap(four).order(order).getInt());
        }

        private void element(Head head, int depth) throws IOException, UnsupportedContentException {
            if (head.length != UNDEFINED) {
                feed.pass(head.length);
                return;
            }
            // PS3.5 6.2.2: an element of unknown representation and undefined length is an implicit, little-endian
            // sequence.
            boolean wasExplicit = explicit;
            ByteOrder wasOrder = order;
            if (head.vr.equals("UN")) {
                explicit = false;
                order = ByteOrder.LITTLE_ENDIAN;
            }
            items(depth + 1);
            explicit = wasExplicit;
            order = wasOrder;
        }

        /** Items of a sequence, or fragments of encapsulated pixel data, up to the sequence's end. */
        private void items(int depth) throws IOException, UnsupportedContentException {
            if (depth > DEEPEST) {
                throw new UnsupportedContentException(
                        ContentFault.TOO_COMPLEX, "the DICOM file nests deeper than is taken in");
            }
            while (true) {
                Head item = rest(tag(feed.take(4)));
                if (item.tag == SEQUENCE_END) {
                    return;
                }
                if (item.tag != ITEM) {
                    throw feed.malformed();
                }
                if (item.length == UNDEFINED) {
                    openItem(depth);
                } else {
                    feed.pass(item.length);
                }
            }
        }

        private void openItem(int depth) throws IOException, UnsupportedContentException {
            Head inner = rest(tag(feed.take(4)));
            while (inner.tag != ITEM_END) {
                element(inner, depth);
                inner = rest(tag(feed.take(4)));
            }
        }
    }
}

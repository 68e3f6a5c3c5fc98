package org.sosia.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * PNG: every chunk from IHDR to IEND lies within the file, and nothing follows. <b>Source.</b> W3C PNG, third edition, 5.
 */
final class PngInspector implements Inspector {

    static final String MEDIA_TYPE = "image/png";
    static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** A viewer allocates by the header alone: more would be a pixel flood. */
    static final long MOST_PIXELS = 400_000_000L;

    private static final int IHDR_BYTES = 13;
    private static final int CRC_BYTES = 4;
    private static final int MOST_CHUNKS = 1_000_000;

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(MEDIA_TYPE));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Feed feed = new Feed(in, "PNG");
        feed.expect(MAGIC);
        header(feed);
        for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
            ByteBuffer head = ByteBuffer.wrap(feed.take(8));
            long length = Integer.toUnsignedLong(head.getInt());
            String type = US_ASCII.decode(head).toString();
            if (length > Integer.MAX_VALUE || !type.matches("[A-Za-z]{4}")) {
                throw feed.malformed();
            }
            feed.pass(length + CRC_BYTES);
            if (type.equals("IEND")) {
                if (feed.next() >= 0) {
                    throw new UnsupportedContentException(
                            ContentFault.TRAILING, "something follows the end of the PNG file");
                }
                return new Finding(MEDIA_TYPE);
            }
        }
        throw feed.malformed();
    }

    private static void header(Feed feed) throws IOException, UnsupportedContentException {
        ByteBuffer head = ByteBuffer.wrap(feed.take(8 + IHDR_BYTES + CRC_BYTES));
        boolean first = head.getInt() == IHDR_BYTES && head.getInt() == 0x49484452;
        long width = Integer.toUnsignedLong(head.getInt());
        long height = Integer.toUnsignedLong(head.getInt());
        if (!first || width == 0 || height == 0) {
            throw feed.malformed();
        }
        if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new UnsupportedContentException(
                    ContentFault.TOO_MANY_PIXELS, "the PNG file claims more pixels than are taken in");
        }
    }
}

package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * JPEG: the segments up to the first scan lie within the file, there is a frame of a bearable size, and the last bytes are the end
 * marker. <b>Source.</b> ITU-T T.81, annex B.
 */
final class JpegInspector implements Inspector {

    static final String MEDIA_TYPE = "image/jpeg";

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int MOST_SEGMENTS = 10_000;
    private static final int TAIL = 64;

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(MEDIA_TYPE));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Feed feed = new Feed(in, "JPEG");
        feed.expect(new byte[] {(byte) 0xFF, (byte) 0xD8});
        boolean framed = false;
        for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
            int marker = marker(feed);
            if (marker == START_OF_SCAN) {
                if (!framed || !endsWell(feed.tail(TAIL))) {
                    throw feed.truncated();
                }
                return new Finding(MEDIA_TYPE);
            }
            int length = Short.toUnsignedInt(ByteBuffer.wrap(feed.take(2)).getShort());
            if (length < 2 || marker == END_OF_IMAGE) {
                throw feed.malformed();
            }
            if (isFrame(marker)) {
                framed = true;
                frame(feed, length - 2);
            } else {
                feed.pass(length - 2);
            }
        }
        throw feed.malformed();
    }

    private static int marker(Feed feed) throws IOException, UnsupportedContentException {
        int first = feed.next();
        int second = feed.next();
        while (second == 0xFF) {
            second = feed.next();
        }
        if (first < 0 || second < 0) {
            throw feed.truncated();
        }
        if (first != 0xFF || second == 0) {
            throw feed.malformed();
        }
        return second;
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static void frame(Feed feed, int length) throws IOException, UnsupportedContentException {
        if (length < 6) {
            throw feed.malformed();
        }
        ByteBuffer head = ByteBuffer.wrap(feed.take(length));
        head.get();
        long height = Short.toUnsignedInt(head.getShort());
        long width = Short.toUnsignedInt(head.getShort());
        if (width == 0 || width * height > PngInspector.MOST_PIXELS) {
            throw new UnsupportedContentException(
                    ContentFault.TOO_MANY_PIXELS, "the JPEG file claims more pixels than are taken in");
        }
    }

    /** Some devices pad the file with zeros. */
    private static boolean endsWell(byte[] tail) {
        int end = tail.length;
        while (end > 0 && tail[end - 1] == 0) {
            end--;
        }
        return end >= 2 && (tail[end - 2] & 0xFF) == 0xFF && (tail[end - 1] & 0xFF) == END_OF_IMAGE;
    }
}

package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * ZIP: a local header first, and the end of the central directory at the end. Nothing is unpacked here, so nothing can explode.
 * <b>Source.</b> PKWARE APPNOTE 6.3, 4.3.
 */
final class ZipInspector implements Inspector {

    static final String MEDIA_TYPE = "application/zip";

    private static final byte[] LOCAL_HEADER = {'P', 'K', 3, 4};
    private static final int END_RECORD_BYTES = 22;

    /** The end record and a comment, which may have 65,535 bytes. */
    private static final int TAIL = END_RECORD_BYTES + 65_535;

    private final String mediaType;

    /** @param mediaType what is declared to be in the container, such as an office document */
    ZipInspector(String mediaType) {
        this.mediaType = mediaType;
    }

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(mediaType));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Feed feed = new Feed(in, "ZIP");
        feed.expect(LOCAL_HEADER);
        byte[] tail = feed.tail(TAIL);
        for (int at = tail.length - END_RECORD_BYTES; at >= 0; at--) {
            boolean signature = tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6;
            if (signature && at + END_RECORD_BYTES + commentLength(tail, at) == tail.length) {
                return new Finding(mediaType);
            }
        }
        throw feed.truncated();
    }

    private static int commentLength(byte[] tail, int at) {
        return (tail[at + 20] & 0xFF) | ((tail[at + 21] & 0xFF) << 8);
    }
}

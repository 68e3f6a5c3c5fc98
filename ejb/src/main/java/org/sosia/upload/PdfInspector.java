package org.sosia.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * PDF: the version line at the very first byte, and the end marker near the last.
 *
 * <p><b>Source.</b> ISO 32000-2, 7.5.2 and 7.5.5. Readers tolerate a header anywhere in the first kilobyte; that tolerance is what
 * makes polyglots, so it is not granted.
 */
final class PdfInspector implements Inspector {

    static final String MEDIA_TYPE = "application/pdf";

    /** Readers look for the end marker in the last kilobyte; some writers append a little more. */
    private static final int TAIL = 2_048;

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(MEDIA_TYPE));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Feed feed = new Feed(in, "PDF");
        String head = new String(feed.take(8), ISO_8859_1);
        if (!head.matches("%PDF-[12]\\.[0-9]")) {
            throw feed.malformed();
        }
        String tail = new String(feed.tail(TAIL), ISO_8859_1);
        if (!tail.contains("startxref") || tail.lastIndexOf("%%EOF") < tail.lastIndexOf("startxref")) {
            throw feed.truncated();
        }
        return new Finding(MEDIA_TYPE);
    }
}

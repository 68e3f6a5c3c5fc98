package org.sosia.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Text: UTF-8 without control characters beyond those that lay out lines. What turns out to be no text is an attachment of bytes,
 * unless its sender says it is text.
 */
record TextInspector(String mediaType, boolean declared) implements Inspector {

    static final String PLAIN = "text/plain";
    static final String CSV = "text/csv";
    static final String RTF = "application/rtf";

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(mediaType));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        try {
            new Printable(new Utf8Stream(in)).transferTo(OutputStream.nullOutputStream());
            return new Finding(mediaType);
        } catch (Utf8Stream.NotUtf8Exception notText) {
            if (declared) {
                throw new UnsupportedContentException(
                        ContentFault.NOT_TEXT, "declared " + mediaType + ", but the content is not UTF-8 text");
            }
            in.transferTo(OutputStream.nullOutputStream());
            return new Finding(BinaryInspector.MEDIA_TYPE);
        }
    }

    /** Whether a byte may stand in a text: tab, line feed, form feed, carriage return, or no control character. */
    static boolean isPrintable(int one) {
        return (one >= 0x20 && one != 0x7F) || one == '\t' || one == '\n' || one == '\f' || one == '\r';
    }

    private static final class Printable extends FilterInputStream {

        Printable(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = in.read(target, offset, length);
            for (int i = 0; i < n; i++) {
                if (!isPrintable(target[offset + i] & 0xFF)) {
                    throw new Utf8Stream.NotUtf8Exception();
                }
            }
            return n;
        }
    }
}

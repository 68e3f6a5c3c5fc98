package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Follows one format from its first byte to its last, in bounded memory. */
interface Inspector {

    /**
     * Reads to the end.
     *
     * @param in the content, buffered
     * @return what it is
     * @throws UnsupportedContentException if it is not what it began as, is cut short, or holds what is not taken in
     */
    Finding inspect(InputStream in) throws IOException, UnsupportedContentException;

    /**
     * What the content will turn out to be, if that can be told from its first bytes.
     *
     * @param head the first bytes
     */
    default Optional<Finding> expected(byte[] head) {
        return Optional.empty();
    }

    /**
     * What a content turned out to be.
     *
     * @param mediaType its media type
     * @param variant the DICOM transfer syntax, or empty
     */
    record Finding(String mediaType, String variant) {

        Finding(String mediaType) {
            this(mediaType, "");
        }
    }
}

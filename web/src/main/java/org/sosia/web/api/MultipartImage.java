package org.sosia.web.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sosia.web.api.MultipartProblemException.Kind;

/** An image to search with, read from a {@code multipart/form-data} body: the part {@code image} and short parts beside it, in any order. */
final class MultipartImage {
    /** An image of 4096 x 4096 pixels with 16 bits, uncompressed, and its DICOM header. */
    static final int IMAGE_BYTES = 48 << 20;

    private static final int VALUE_BYTES = 256;
    private static final int MOST_PARTS = 8;

    private final byte[] image;
    private final Map<String, String> values;

    private MultipartImage(byte[] image, Map<String, String> values) {
        this.image = image;
        this.values = values;
    }

    /**
     * Reads the whole body.
     *
     * @throws MultipartProblemException if the body is not such a form
     * @throws RefusedCallException if the image is too large
     */
    static MultipartImage read(@Nullable String contentType, InputStream body)
            throws IOException, RefusedCallException {
        MultipartReader parts = new MultipartReader(body, MultipartUpload.boundary(contentType));
        byte[] image = new byte[0];
        Map<String, String> values = new HashMap<>();
        for (int count = 0; parts.next(); count++) {
            if (count == MOST_PARTS) {
                throw new MultipartProblemException(Kind.UNEXPECTED_PART);
            }
            MultipartUpload.PartHeader header = MultipartUpload.header(parts);
            if (header.name().equals("image")) {
                image = bounded(parts.content(), IMAGE_BYTES);
            } else {
                values.put(
                        header.name(),
                        new String(bounded(parts.content(), VALUE_BYTES), StandardCharsets.UTF_8).strip());
            }
        }
        if (image.length == 0) {
            throw RefusedCallException.value("image", "is required");
        }
        return new MultipartImage(image, values);
    }

    private static byte[] bounded(InputStream part, int most) throws IOException, RefusedCallException {
        byte[] bytes = part.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new RefusedCallException(Problems.tooLarge(most).header("Connection", "close"));
        }
        return bytes;
    }

    /** The image's bytes. */
    InputStream image() {
        return new ByteArrayInputStream(image);
    }

    /** A short part, or null. */
    @Nullable
    String value(String name) {
        return values.get(name);
    }
}

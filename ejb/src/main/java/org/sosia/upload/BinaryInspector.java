package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Bytes of no structure known here: an attachment of the type that its sender declares. */
record BinaryInspector(String mediaType) implements Inspector {

    static final String MEDIA_TYPE = "application/octet-stream";

    @Override
    public Optional<Finding> expected(byte[] head) {
        return Optional.of(new Finding(mediaType));
    }

    @Override
    public Finding inspect(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return new Finding(mediaType);
    }
}

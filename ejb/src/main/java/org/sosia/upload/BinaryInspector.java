package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes of no structure known here: an attachment of the type that its sender declares. */
record BinaryInspector(String mediaType) implements Inspector {

    static final String MEDIA_TYPE = "application/octet-stream";

    @Override
    public Finding inspect(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return new Finding(mediaType);
    }
}

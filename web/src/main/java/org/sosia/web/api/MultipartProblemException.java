package org.sosia.web.api;

import java.io.IOException;

/** A multipart body is not what an upload looks like. An {@link IOException}, so that whoever reads the file's bytes stops too. */
final class MultipartProblemException extends IOException {

    /** What is wrong, and how it is answered. */
    enum Kind {
        NOT_MULTIPART(415, "not-multipart", "The body is not multipart/form-data"),
        MISSING_BOUNDARY(400, "missing-boundary", "The content type names no usable boundary"),
        METADATA_FIRST(400, "metadata-first", "The part metadata must come first and the part file second"),
        MISSING_FILE(400, "missing-file", "The part file is missing"),
        METADATA_TOO_LARGE(413, "metadata-too-large", "The part metadata is too large"),
        HEADER_TOO_LARGE(400, "part-header-too-large", "A part's header is too large"),
        UNEXPECTED_PART(400, "unexpected-part", "Nothing may follow the part file"),
        TRUNCATED(400, "truncated-body", "The body ended before its last boundary"),
        MALFORMED(400, "malformed-multipart", "The body is not well-formed multipart/form-data");

        private final int status;
        private final String type;
        private final String title;

        Kind(int status, String type, String title) {
            this.status = status;
            this.type = type;
            this.title = title;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }

        String title() {
            return title;
        }
    }

    private final Kind kind;

    MultipartProblemException(Kind kind) {
        super(kind.title());
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}

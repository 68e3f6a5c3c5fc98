package org.sosia.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;
import org.sosia.web.api.MultipartProblemException.Kind;

/**
 * One upload, read from a {@code multipart/form-data} body as it arrives: first the part {@code metadata}, then the part
 * {@code file}. Nothing is put on a disk and nothing is kept beyond one buffer.
 *
 * <p>The file's stream says that it ended only after the closing boundary was read and nothing followed: a body cut short, or one
 * with a third part, fails in the reader's hands before it can take the bytes for a whole file.
 */
final class MultipartUpload {
    /** A policy with a hundred attributes and its keywords needs a few KiB. */
    static final int METADATA_BYTES = 64 * 1024;

    /** A browser sends about 200 bytes a part; a long file name in RFC 5987 form some more. */
    static final int PART_HEADER_BYTES = 8 * 1024;

    /** RFC 2046, section 5.1.1: a boundary has at most 70 characters. */
    private static final int BOUNDARY_CHARACTERS = 70;

    private final byte[] metadata;
    private final String fileName;
    private final @Nullable String fileType;
    private final LastPart file;

    private MultipartUpload(byte[] metadata, String fileName, @Nullable String fileType, LastPart file) {
        this.metadata = metadata;
        this.fileName = fileName;
        this.fileType = fileType;
        this.file = file;
    }

    /**
     * Reads up to the first byte of the file.
     *
     * @param contentType the request's content type, or null
     * @param body the request's body; the caller closes it
     * @throws MultipartProblemException if the body is not such an upload
     */
    static MultipartUpload begin(@Nullable String contentType, InputStream body) throws IOException {
        MultipartReader parts = new MultipartReader(body, boundary(contentType));
        if (!parts.next()) {
            throw new MultipartProblemException(Kind.MALFORMED);
        }
        if (!"metadata".equals(header(parts).name())) {
            throw new MultipartProblemException(Kind.METADATA_FIRST);
        }
        byte[] metadata = bounded(parts.content());
        if (!parts.next()) {
            throw new MultipartProblemException(Kind.MISSING_FILE);
        }
        PartHeader header = header(parts);
        if (!"file".equals(header.name())) {
            throw new MultipartProblemException(Kind.MISSING_FILE);
        }
        return new MultipartUpload(metadata, header.fileName(), header.contentType(), new LastPart(parts));
    }

    /** The metadata part: UTF-8 JSON, at most {@value #METADATA_BYTES} bytes. */
    byte[] metadata() {
        return metadata.clone();
    }

    /** The uploader's name of the file without any folders, or the empty string. */
    String fileName() {
        return fileName;
    }

    /** The type the uploader declared for the file, or null. */
    @Nullable
    String fileType() {
        return fileType;
    }

    /** The file's bytes. */
    InputStream file() {
        return file;
    }

    /**
     * How long the file is, if the body is as long as announced and ends as bodies usually do. A hint, and never relied upon.
     *
     * @param bodyBytes the length of the whole body, or -1
     * @return bytes, or -1 if that cannot be told
     */
    long expectedBytes(long bodyBytes) {
        return bodyBytes < 0 ? -1 : Math.max(-1, bodyBytes - file.begins - file.parts.closingBytes());
    }

    /** What was wrong with the body when the file's stream failed, if it was the body. */
    Optional<MultipartProblemException> problem() {
        return Optional.ofNullable(file.problem);
    }

    static String boundary(@Nullable String contentType) throws MultipartProblemException {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new MultipartProblemException(Kind.NOT_MULTIPART);
        }
        @Nullable String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > BOUNDARY_CHARACTERS) {
            throw new MultipartProblemException(Kind.MISSING_BOUNDARY);
        }
        return boundary;
    }

    private static byte[] bounded(InputStream part) throws IOException {
        byte[] bytes = part.readNBytes(METADATA_BYTES + 1);
        if (bytes.length > METADATA_BYTES) {
            throw new MultipartProblemException(Kind.METADATA_TOO_LARGE);
        }
        return bytes;
    }

    static PartHeader header(MultipartReader parts) throws IOException {
        Map<String, String> lines = new HashMap<>();
        for (String line : parts.headers(PART_HEADER_BYTES).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        Map<String, String> disposition = parameters(lines.getOrDefault("content-disposition", ""));
        return new PartHeader(
                disposition.getOrDefault("name", ""),
                withoutFolders(disposition.getOrDefault("filename", "")),
                lines.get("content-type"));
    }

    private static Map<String, String> parameters(String value) throws MultipartProblemException {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        Map<String, String> present = new HashMap<>();
        try {
            parser.parse(value, new char[] {';'}).forEach((name, text) -> {
                if (text != null) {
                    present.put(name, text);
                }
            });
        } catch (IllegalArgumentException undecodable) {
            // RFC 2047: words in base 64 that are none, or of a character set that cannot be one.
            throw new MultipartProblemException(Kind.MALFORMED);
        }
        return present;
    }

    // Some browsers send the whole path, and some attackers "../": only the last segment is a name.
    private static String withoutFolders(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.replaceAll("\\p{Cntrl}", "");
    }

    record PartHeader(
            String name, String fileName, @Nullable String contentType) {}

    /** The bytes of a part after which nothing may come. */
    private static final class LastPart extends InputStream {
        private final MultipartReader parts;
        private final long begins;
        private boolean ended;
        private @Nullable MultipartProblemException problem;

        LastPart(MultipartReader parts) {
            this.parts = parts;
            this.begins = parts.used();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (ended) {
                return -1;
            }
            try {
                int count = parts.read(into, from, length);
                if (count < 0) {
                    requireEnd();
                    ended = true;
                }
                return count;
            } catch (MultipartProblemException why) {
                problem = why;
                throw why;
            }
        }

        private void requireEnd() throws IOException {
            if (parts.next()) {
                throw new MultipartProblemException(Kind.UNEXPECTED_PART);
            }
        }

        // Reading on to the end would let a refused upload of 8 GiB run to its last byte.
        @Override
        public void close() {}
    }
}

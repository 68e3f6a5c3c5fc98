package org.sosia.web.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.sosia.retrieval.RecordContent;

/** A content on its way out: the same headers whichever lane it came from. */
final class ContentAnswer {
    /** Four chunks of plaintext a write. */
    private static final int WRITE_BYTES = 64 * 1024;

    private ContentAnswer() {}

    /** Head and body. */
    static Response whole(RecordContent content) {
        return head(content).entity(body(content.body())).build();
    }

    /** The head alone; the body is closed unread. */
    static Response headOnly(RecordContent content) throws IOException {
        content.body().close();
        return head(content).build();
    }

    private static Response.ResponseBuilder head(RecordContent content) {
        boolean isPart = content.length() != content.size();
        Response.ResponseBuilder head = Response.status(isPart ? 206 : 200)
                .header(HttpHeaders.CONTENT_TYPE, content.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, content.length())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(content.fileName()))
                .header(HttpHeaders.ETAG, '"' + content.etag() + '"')
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // A content that turns out to be tampered with in the middle is cut off; the reader must notice at
                // once, and not
                // when the server tires of an idle connection.
                .header("Connection", "close");
        if (isPart) {
            long last = content.from() + content.length() - 1;
            head.header("Content-Range", "bytes " + content.from() + "-" + last + "/" + content.size());
        }
        return head;
    }

    /** RFC 6266: always a download, never shown in place; the name once in ASCII and once as RFC 8187 has it. */
    static String disposition(String fileName) {
        String plain = fileName.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("\\.{2,}", "_");
        String encoded = URLEncoder.encode(plain, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static StreamingOutput body(InputStream content) {
        return (OutputStream out) -> {
            try (content) {
                byte[] buffer = new byte[WRITE_BYTES];
                int count = content.readNBytes(buffer, 0, WRITE_BYTES);
                while (count > 0) {
                    out.write(buffer, 0, count);
                    count = content.readNBytes(buffer, 0, WRITE_BYTES);
                }
            }
        };
    }
}

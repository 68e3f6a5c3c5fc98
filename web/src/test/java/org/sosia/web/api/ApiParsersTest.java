package org.sosia.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Bodies, headers and parameters of calls, as far as they are read here and not by the server. */
class ApiParsersTest extends FuzzedParsers {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final String UPLOAD = """
            --edge\r
            Content-Disposition: form-data; name="metadata"\r
            Content-Type: application/json\r
            \r
            {"kind":"note"}\r
            --edge\r
            Content-Disposition: form-data; name="file"; filename*=UTF-8''caf%c3%a9.txt; filename="=?UTF-8?Q?caf=C3=A9?="\r
            Content-Type: text/plain\r
            \r
            Rest and fluids.\r
            --edge--\r
            """;

    @Override
    public List<Parser> parsers() {
        return List.of(
                Parser.judging(
                        "body of an upload",
                        body -> upload("multipart/form-data; boundary=edge", body),
                        UPLOAD.getBytes(UTF_8)),
                Parser.ofText(
                        "content type of an upload",
                        MultipartUpload::boundary,
                        "multipart/form-data; boundary=edge",
                        "multipart/form-data; charset=\"=?UTF-8?B?dXRmLTg=?=\"; boundary=\"a b\""),
                Parser.ofText("range of bytes", Ranges::parse, "bytes=0-499", "bytes = -500", "bytes=9-"),
                Parser.ofText(
                        "expiry", text -> Parameters.expiry(text, NOW), "2027-01-31T12:00:00Z", "PT8H", "P1M", "P1W2D"),
                Parser.ofText("length of a page", Parameters::limit, "50", "200"),
                Parser.ofText("id", Parameters::id, "6f1c1c6e-3f63-4b02-a1a7-0a6d8c3b6a11"),
                Parser.ofText("bytes in base 64", text -> Parameters.base64("key", text), "AQIDBA=="));
    }

    private static void upload(String type, byte[] body) throws Exception {
        MultipartUpload upload = MultipartUpload.begin(type, new ByteArrayInputStream(body));
        upload.file().transferTo(OutputStream.nullOutputStream());
    }
}

package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** One person's way into {@code /api/v1}: a bearer token and the calls that the tests need. */
final class Api {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI base;
    private final String token;

    Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** A status, the headers and the body as it came. */
    record Answer(int status, HttpResponse<byte[]> response) {

        byte[] bytes() {
            return response.body();
        }

        String text() {
            return new String(response.body(), UTF_8);
        }

        JsonObject json() {
            try (var reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
                return reader.readObject();
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The stable part of a problem's type, for example {@code no-such-record}. */
        String problem() {
            String type = json().getString("type", "");
            return type.substring(type.lastIndexOf('/') + 1).replaceFirst(".*:", "");
        }

        Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + ", got " + status + ": " + text());
            }
            return this;
        }
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    Answer put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    /** Uploads as a browser or curl would: metadata first, then the file, streamed. */
    Answer upload(String metadata, String fileName, String mediaType, Supplier<InputStream> file) {
        return upload("/records", metadata, fileName, mediaType, file);
    }

    Answer upload(String path, String metadata, String fileName, String mediaType, Supplier<InputStream> file) {
        String boundary = "sosia-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"metadata\"\r\n"
                + "Content-Type: application/json\r\n\r\n"
                + metadata + "\r\n--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\n"
                + "Content-Type: " + mediaType + "\r\n\r\n";
        String tail = "\r\n--" + boundary + "--\r\n";
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(head.getBytes(UTF_8)),
                        file.get(),
                        new ByteArrayInputStream(tail.getBytes(UTF_8)))))))
                .build());
    }

    Answer upload(String metadata, String fileName, String mediaType, byte[] file) {
        return upload(metadata, fileName, mediaType, () -> new ByteArrayInputStream(file));
    }

    /** A form with one file and one short value, as a browser or curl sends it. */
    Answer form(String path, String name, String fileName, String mediaType, byte[] file, String... fields) {
        String boundary = "sosia-" + UUID.randomUUID();
        StringBuilder before = new StringBuilder("--" + boundary + "\r\n");
        for (int i = 0; i < fields.length; i += 2) {
            before.append("Content-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n" + fields[i + 1]
                    + "\r\n--" + boundary + "\r\n");
        }
        String head = before
                + "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"\r\n"
                + "Content-Type: " + mediaType + "\r\n\r\n";
        String tail = "\r\n--" + boundary + "--\r\n";
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head), BodyPublishers.ofByteArray(file), BodyPublishers.ofString(tail)))
                .build());
    }

    /** The body as a stream, for what does not fit in memory. */
    HttpResponse<InputStream> stream(String path, String... headers) {
        try {
            return CLIENT.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new AssertionError("no answer from " + path, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(10));
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder;
    }

    private static Answer send(HttpRequest request) {
        try {
            var response = CLIENT.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException failed) {
            throw new NoAnswer(request.uri(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }
}

package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads the demo hospital as its data owner would: patients and records through the REST interface. What is there already,
 * by a patient's name and a file's digest, is left alone; so a second run does nothing, and one that broke off goes on.
 */
final class Seeder {

    private static final String BOUNDARY = "sosia-demo-d41b3f0a7c";

    private final URI api;
    private final String token;

    /** @param token the data owner's */
    Seeder(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    /** Loads {@code hospital.json} of the folder; says how much was new. */
    int load(Path folder) throws LaunchException {
        JsonObject hospital = parsed(folder.resolve("hospital.json"));
        Map<String, String> known = new HashMap<>();
        everyPage("/patients?", item -> known.put(item.getString("name"), item.getString("id")));
        int made = 0;
        for (JsonObject patient : hospital.getJsonArray("patients").getValuesAs(JsonObject.class)) {
            JsonObject details = patient.getJsonObject("details");
            String id = known.get(details.getString("name"));
            Set<String> digests = new HashSet<>();
            if (id == null) {
                id = post("/patients", "application/json", BodyPublishers.ofString(details.toString()))
                        .getString("id");
                made++;
            } else {
                everyPage("/records?patient=" + id + "&", item -> digests.add(item.getString("digest")));
            }
            for (JsonObject record : patient.getJsonArray("records").getValuesAs(JsonObject.class)) {
                Path file = folder.resolve(record.getString("file"));
                if (!digests.contains(digest(file))) {
                    upload(id, record, file);
                    made++;
                }
            }
        }
        return made;
    }

    private void upload(String patient, JsonObject record, Path file) throws LaunchException {
        String metadata = Json.createObjectBuilder(record.getJsonObject("metadata"))
                .add("patient", patient)
                .build()
                .toString();
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"metadata\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + metadata + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName() + "\"\r\n"
                + "Content-Type: " + record.getString("type") + "\r\n\r\n";
        String tail = "\r\n--" + BOUNDARY + "--\r\n";
        post(
                "/records",
                "multipart/form-data; boundary=" + BOUNDARY,
                BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(head.getBytes(UTF_8)),
                        opened(file),
                        new ByteArrayInputStream(tail.getBytes(UTF_8)))))));
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private interface Each {
        void item(JsonObject item);
    }

    private void everyPage(String path, Each each) throws LaunchException {
        String after = "";
        while (true) {
            JsonObject page = answer(request(path + "limit=100" + (after.isEmpty() ? "" : "&after=" + after))
                    .GET()
                    .build());
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(each::item);
            if (page.isNull("next")) {
                return;
            }
            after = page.getString("next");
        }
    }

    private JsonObject post(String path, String type, BodyPublisher body) throws LaunchException {
        return answer(request(path).header("Content-Type", type).POST(body).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token);
    }

    private static JsonObject answer(HttpRequest request) throws LaunchException {
        try {
            HttpResponse<InputStream> answer = Web.CLIENT.send(request, BodyHandlers.ofInputStream());
            try (var reader = Json.createReader(answer.body())) {
                JsonObject said = reader.readObject();
                if (answer.statusCode() / 100 != 2) {
                    throw new LaunchException("the demo hospital could not be loaded: " + request.method() + " "
                            + request.uri().getPath() + " was answered with " + answer.statusCode() + ", "
                            + said.getString("type", "no type"));
                }
                return said;
            }
        } catch (IOException | JsonException odd) {
            throw new LaunchException(
                    "the demo hospital could not be loaded: " + request.uri() + ": " + odd.getMessage(), odd);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while loading the demo hospital", stopped);
        }
    }

    private static JsonObject parsed(Path file) throws LaunchException {
        try (var reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        } catch (IOException | JsonException damaged) {
            throw new LaunchException("cannot read " + file + ": " + damaged.getMessage(), damaged);
        }
    }

    /** As the interface writes it: {@code sha-256:} and hex. */
    private static String digest(Path file) throws LaunchException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return "sha-256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException unreadable) {
            throw new LaunchException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

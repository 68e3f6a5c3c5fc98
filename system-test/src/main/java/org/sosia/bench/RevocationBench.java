package org.sosia.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute taken away in a hospital of 100,000 records that name it: how long until the next opening fails, and how fast the
 * records follow.
 *
 * <p>The records that follow are real ones, sealed through the front door for a bounded time. The rest of the 100,000 are rows with a
 * real record's header under other ids, in the table and in the index of names, while the revocation is measured; they are taken out
 * before the records follow, because nobody could seal them again.
 */
final class RevocationBench {

    private static final int ROWS = 100_000;
    private static final Duration SEALING = Duration.ofSeconds(60);
    private static final int MOST_SEALED = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern DONE = Pattern.compile("\"state\"\\s*:\\s*\"DONE\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BenchSystem system;
    private final Figures figures;
    private final String attribute = "ward:" + UUID.randomUUID().toString().substring(0, 8);

    RevocationBench(BenchSystem system, Figures figures) {
        this.system = system;
        this.figures = figures;
    }

    void run() throws IOException, SQLException, InterruptedException {
        String owner = system.token("data-owner", true);
        String authority = system.token("key-authority", true);
        String doctor = system.token("doctor", true);
        String subject = doctorsAccount(authority);
        send(post("/attributes/" + attribute + "/holders", authority, "{\"user\":\"" + subject + "\"}"), 200);
        String patient = text(
                "id", send(post("/patients", owner, "{\"name\":\"Bench Person\",\"birthDate\":\"1970-01-01\"}"), 201));
        String record = sealed(owner, patient);
        String key = granted(owner, doctor, record);
        String original = opened(doctor, record, key);
        int records = 1 + sealForAWhile(owner, patient);
        try (Connection store = system.connect('a')) {
            fill(store, record, ROWS - records);
            double[] effective = {revoke(authority, doctor, subject, record, key, original)};
            figures.addTimes("revoke-100k.effective", effective, "s");
            empty(store);
        }
        figures.add("rewrap", followed(authority), "headers/s");
        figures.add("rewrap.records", records, "headers");
    }

    /** From the request to the answer of the first opening after it, which must not be the original. */
    private double revoke(String authority, String doctor, String subject, String record, String key, String original)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        send(post("/attributes/" + attribute + "/revocations", authority, "{\"user\":\"" + subject + "\"}"), 200);
        String after = opened(doctor, record, key);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (after.equals(original)) {
            throw new IOException("the record still opens");
        }
        return seconds;
    }

    private double followed(String authority) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String jobs = send(get("/attributes/jobs", authority), 200);
        while (!DONE.matcher(jobs).find()) {
            if (System.nanoTime() > end) {
                throw new IOException("the records do not follow: " + jobs);
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            jobs = send(get("/attributes/jobs", authority), 200);
        }
        Matcher rate = Pattern.compile("\"perSecond\"\\s*:\\s*(\\d+)").matcher(jobs);
        return rate.find() ? Double.parseDouble(rate.group(1)) : 0;
    }

    private int sealForAWhile(String owner, String patient) throws IOException, InterruptedException {
        long end = System.nanoTime() + SEALING.toNanos();
        int sealed = 0;
        while (sealed < MOST_SEALED && System.nanoTime() < end) {
            sealed(owner, patient);
            sealed++;
        }
        return sealed;
    }

    private static void fill(Connection store, String record, int rows) throws SQLException {
        try (Statement fill = store.createStatement()) {
            fill.execute(
                    "CREATE TABLE bench_fill AS SELECT gen_random_uuid() AS id FROM generate_series(1, " + rows + ")");
            fill.execute(
                    "INSERT INTO item (id, subject_id, owner, version, state, created_at, updated_at, sealed_bytes,"
                            + " metadata, header, attempt, listed) SELECT f.id, subject_id, owner, version, 'SEALED', created_at,"
                            + " updated_at, sealed_bytes, metadata, header, attempt, true FROM item, bench_fill f WHERE item.id = '"
                            + UUID.fromString(record) + "'");
            fill.execute(
                    "INSERT INTO term (item_id, name, epoch) SELECT f.id, t.name, t.epoch FROM term t, bench_fill f"
                            + " WHERE t.item_id = '" + UUID.fromString(record) + "'");
            fill.execute("ANALYZE item; ANALYZE term");
        }
    }

    private static void empty(Connection store) throws SQLException {
        try (Statement empty = store.createStatement()) {
            empty.execute("DELETE FROM term WHERE item_id IN (SELECT id FROM bench_fill)");
            empty.execute("DELETE FROM item WHERE id IN (SELECT id FROM bench_fill)");
            empty.execute("DROP TABLE bench_fill");
        }
    }

    private String sealed(String owner, String patient) throws IOException, InterruptedException {
        String body =
                "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\nContent-Type: application/json\r\n\r\n"
                        + "{\"patient\":\"" + patient
                        + "\",\"kind\":\"note\",\"sensitivity\":\"medium\",\"policy\":\"role:doctor and "
                        + attribute + "\",\"keywords\":[]}\r\n--b\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\nRest and fluids.\n\r\n--b--\r\n";
        HttpRequest upload = request("/records", owner)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body))
                .build();
        return text("id", send(upload, 201));
    }

    private String granted(String owner, String doctor, String record) throws IOException, InterruptedException {
        String asked =
                send(post("/records/" + record + "/requests", doctor, "{\"purpose\":\"TREAT\",\"note\":\"\"}"), 201);
        return text(
                "partialKey",
                send(post("/requests/" + text("id", asked) + "/approve", owner, "{\"expires\":\"PT1H\"}"), 200));
    }

    private String opened(String doctor, String record, String key) throws IOException, InterruptedException {
        return send(
                request("/records/" + record + "/content", doctor)
                        .header("Sosia-Partial-Key", key)
                        .GET()
                        .build(),
                200);
    }

    private String doctorsAccount(String authority) throws IOException, InterruptedException {
        String people = send(get("/registrations?limit=200", authority), 200);
        return Arrays.stream(people.split("(?=\\{\"attributes\"|\\{\"subject\"|\\{\"linkedPatient\")", -1))
                .filter(person -> person.contains("Dora Doctor"))
                .map(person -> text("subject", person))
                .findFirst()
                .orElseThrow(() -> new IOException("the demo has no Dora Doctor"));
    }

    private HttpRequest get(String path, String token) {
        return request(path, token).GET().build();
    }

    private HttpRequest post(String path, String token, String json) {
        return request(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(system.api() + path)).header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest request, int wanted) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != wanted) {
            throw new IOException(
                    request.uri() + ": expected " + wanted + ", got " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String text(String member, String json) {
        Matcher text =
                Pattern.compile("\"" + member + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
        if (!text.find()) {
            throw new IllegalStateException("no " + member + " in " + json);
        }
        return text.group(1);
    }
}

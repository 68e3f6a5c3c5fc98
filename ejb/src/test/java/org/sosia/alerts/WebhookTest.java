package org.sosia.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.crypto.secret.Hmac;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.incidents.Incidents;
import org.sosia.incidents.Technique;
import org.sosia.lane.TestHospital;

/** Somebody outside listens; the calls come from the outbox. */
class WebhookTest {
    private static final String SECRET = "a shared secret of the desk";

    private record Call(String signature, String body) {}

    private final List<Call> heard = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final TestHospital hospital = new TestHospital();
    private final HttpServer listener = listen();

    @TempDir
    Path folder = Path.of("");

    private HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/hook", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                heard.add(new Call(exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE), body));
                exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.remove(0), -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void theHookIsSet() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        hospital.set(
                "sosia.webhook.url", "http://127.0.0.1:" + listener.getAddress().getPort() + "/hook");
        hospital.set("sosia.webhook.secret-file", secret.toString());
    }

    @AfterEach
    void theListenerGoes() {
        listener.stop(0);
    }

    private UUID raise(String subject) {
        var twin = hospital.twin();
        var who = hospital.proven(subject, "doctor");
        return hospital.bean(Incidents.class)
                .raise(
                        twin.store(),
                        twin.keys(),
                        who,
                        Technique.WRONG_PARTIAL_KEY,
                        null,
                        twin.event(who, "NOTICE", null, Map.of()),
                        hospital.clock.instant());
    }

    private void dispatch() {
        hospital.bean(Dispatcher.class).dispatch();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    void anIncidentIsToldOnceAndSigned() {
        UUID id = raise(TestHospital.DOCTOR);

        dispatch();
        dispatch();

        assertThat(heard).singleElement().satisfies(call -> {
            JsonObject body = json(call.body());
            assertThat(body.getString("id")).isEqualTo(id.toString());
            assertThat(body.getString("technique")).isEqualTo("wrong-partial-key");
            assertThat(call.signature())
                    .isEqualTo("sha256="
                            + HexFormat.of()
                                    .formatHex(Hmac.sha256(
                                            SecretBytes.copyOf(SECRET.getBytes(UTF_8)),
                                            call.body().getBytes(UTF_8))));
        });
    }

    @Test
    void nothingButIdsTimesAndCodesLeaves() {
        raise(TestHospital.DOCTOR);

        dispatch();

        assertThat(json(heard.get(0).body()).keySet())
                .containsExactlyInAnyOrder(
                        "event", "id", "technique", "severity", "subject", "source", "firstAt", "lastAt", "count");
        assertThat(heard.get(0).body()).doesNotContain("Name of", "session-of");
    }

    @Test
    void whatIsNotHeardIsToldAgain() {
        raise(TestHospital.DOCTOR);
        answers.addAll(List.of(500, 302));

        dispatch();
        hospital.clock.pass(Duration.ofMinutes(20));
        dispatch();
        hospital.clock.pass(Duration.ofMinutes(20));
        dispatch();
        hospital.clock.pass(Duration.ofMinutes(20));
        dispatch();

        assertThat(heard).hasSize(3);
    }

    @Test
    void aListenerThatIsDownLosesNothing() {
        raise(TestHospital.DOCTOR);
        listener.stop(0);

        dispatch();

        assertThat(heard).isEmpty();
        assertThat(hospital.b.pendingTasks()).isEqualTo(1);
    }

    @Test
    void repeatedEvidenceIsNotToldAgain() {
        raise(TestHospital.DOCTOR);
        raise(TestHospital.DOCTOR);

        dispatch();

        assertThat(heard).hasSize(1);
    }

    @Test
    void afterAWeekItIsGivenUp() {
        raise(TestHospital.DOCTOR);
        hospital.clock.pass(Duration.ofDays(8));

        dispatch();

        assertThat(heard).isEmpty();
        assertThat(hospital.b.pendingTasks()).isZero();
    }
}

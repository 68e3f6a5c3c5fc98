package org.sosia.alerts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.secret.Hmac;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Somebody outside who is told of every incident: {@code sosia.webhook.url}.
 *
 * <p><b>Shape.</b> A POST of JSON with the header {@code Sosia-Signature: sha256=} and the hexadecimal HMAC-SHA-256 of the body's bytes
 * under the shared secret, the content of {@code sosia.webhook.secret-file} without white space at its ends. Any answer of 200 to 299
 * counts as heard; anything else is tried again. The receiver tells repetitions by the incident's id.
 */
@ApplicationScoped
class Webhook {
    static final String SIGNATURE = "Sosia-Signature";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Inject
    @ConfigProperty(name = "sosia.webhook.url")
    Optional<String> url;

    @Inject
    @ConfigProperty(name = "sosia.webhook.secret-file")
    Optional<String> secretFile;

    private volatile @Nullable SecretBytes secret;

    boolean isWanted() {
        return url.isPresent();
    }

    /**
     * Tells.
     *
     * @return whether it was heard
     * @throws IOException if nobody answers, or the secret cannot be read
     */
    boolean tell(JsonObject body) throws IOException, InterruptedException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.orElseThrow()))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header(SIGNATURE, "sha256=" + HexFormat.of().formatHex(Hmac.sha256(secret(), bytes)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status >= 200 && status < 300;
    }

    /** What is told of an incident: ids, times and codes; no key, no content, no name. */
    static JsonObject body(IncidentView incident) {
        var body = Json.createObjectBuilder()
                .add("event", "incident")
                .add("id", incident.id().toString())
                .add("technique", incident.technique())
                .add("severity", incident.severity())
                .add("subject", incident.subject())
                .add("source", incident.source())
                .add("firstAt", incident.firstAt().toString())
                .add("lastAt", incident.lastAt().toString())
                .add("count", incident.count());
        if (incident.record() != null) {
            body.add("record", incident.record().toString());
        }
        return body.build();
    }

    private SecretBytes secret() throws IOException {
        SecretBytes known = secret;
        if (known == null) {
            String file = secretFile.orElseThrow(() -> new IOException("sosia.webhook.secret-file is not set"));
            byte[] text = Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
            if (text.length == 0) {
                throw new IOException("the webhook's secret file is empty");
            }
            known = SecretBytes.copyOf(text);
            Arrays.fill(text, (byte) 0);
            secret = known;
        }
        return known;
    }
}

package org.sosia.web.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The identity provider, as far as the front door talks to it: discovery, keys, introspection. */
@ApplicationScoped
class IdentityProvider {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** A realm's keys are a few KiB. */
    private static final int KEYS_BYTES = 256 * 1024;

    @Inject
    IdentityProviderSettings settings;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private volatile @Nullable Discovered discovered;

    /** For the container. */
    IdentityProvider() {}

    @PostConstruct
    void complainEarly() {
        URI.create(settings.getIssuer());
    }

    TokenCheck accessTokens() throws IdentityProviderUnavailableException {
        return known().accessTokens;
    }

    TokenCheck logoutTokens() throws IdentityProviderUnavailableException {
        return known().logoutTokens;
    }

    /** Where a browser ends its session. */
    URI endSession() throws IdentityProviderUnavailableException {
        return URI.create(known().document.getString("end_session_endpoint"));
    }

    /**
     * Asks what the identity provider knows of a token now.
     *
     * @return its answer; {@code active} is false for a token of a session that has ended
     */
    JsonObject introspect(String accessToken) throws IdentityProviderUnavailableException {
        var form = Map.of(
                "token",
                accessToken,
                "token_type_hint",
                "access_token",
                "client_id",
                settings.getClientId(),
                "client_secret",
                settings.getClientSecret());
        var answer = ask(HttpRequest.newBuilder(URI.create(known().document.getString("introspection_endpoint")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
        if (!answer.containsKey("active")) {
            throw new IdentityProviderUnavailableException("introspection without a verdict");
        }
        return answer;
    }

    private Discovered known() throws IdentityProviderUnavailableException {
        var known = discovered;
        return known == null ? discover() : known;
    }

    private Discovered discover() throws IdentityProviderUnavailableException {
        var document =
                ask(HttpRequest.newBuilder(URI.create(settings.getIssuer() + "/.well-known/openid-configuration")));
        if (!settings.getIssuer().equals(document.getString("issuer", ""))) {
            // Somebody else's tokens would be checked with somebody else's keys.
            throw new IdentityProviderUnavailableException("discovery names another issuer");
        }
        var keys = keys(document.getString("jwks_uri"));
        var now = new Discovered(
                document,
                TokenCheck.ofAccessTokens(settings.getIssuer(), settings.audience(), keys),
                TokenCheck.ofLogoutTokens(settings.getIssuer(), settings.getClientId(), keys));
        discovered = now;
        return now;
    }

    private static JWKSource<SecurityContext> keys(String address) throws IdentityProviderUnavailableException {
        try {
            var millis = (int) TIMEOUT.toMillis();
            // Cached for minutes, fetched anew at once for an unknown key id, but not more often than a forger likes.
            return JWKSourceBuilder.create(
                            URI.create(address).toURL(), new DefaultResourceRetriever(millis, millis, KEYS_BYTES))
                    .retrying(true)
                    .build();
        } catch (MalformedURLException | IllegalArgumentException malformed) {
            throw new IdentityProviderUnavailableException(malformed);
        }
    }

    private JsonObject ask(HttpRequest.Builder request) throws IdentityProviderUnavailableException {
        try {
            var answer = http.send(
                    request.timeout(TIMEOUT)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IdentityProviderUnavailableException("status " + answer.statusCode());
            }
            try (var reader = Json.createReader(new StringReader(answer.body()))) {
                return reader.readObject();
            }
        } catch (IOException | JsonException silent) {
            throw new IdentityProviderUnavailableException(silent);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IdentityProviderUnavailableException(stopping);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private record Discovered(JsonObject document, TokenCheck accessTokens, TokenCheck logoutTokens) {}
}

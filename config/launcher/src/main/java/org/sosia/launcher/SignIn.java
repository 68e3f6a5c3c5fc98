package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs a person in as a browser would: OpenID Connect's authorization code flow with PKCE, posting Keycloak's own forms.
 * So a token from here has been through everything that a person's has.
 */
final class SignIn {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final Pattern ERROR = Pattern.compile(
            "id=\"input-error[^\"]*\"[^>]*>\\s*([^<]*\\S)\\s*<|class=\"[^\"]*kc-feedback-text[^\"]*\"[^>]*>\\s*([^<]*\\S)\\s*<");
    private static final String REDIRECT = "http://127.0.0.1/cli";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String issuer;
    private final Map<String, String> cookies = new HashMap<>();

    /** @param issuer the realm's address */
    SignIn(String issuer) {
        this.issuer = issuer;
    }

    /**
     * An access token.
     *
     * @param client a public client of the realm
     * @param level the level of assurance to ask for, 1 or 2
     * @param code gives the one-time code when the form asks for it
     */
    String token(String client, int level, String user, String password, Code code) throws LaunchException {
        byte[] drawn = new byte[32];
        RANDOM.nextBytes(drawn);
        String verifier = base64(drawn);
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client);
        query.put("redirect_uri", REDIRECT);
        query.put("scope", "openid");
        query.put("state", base64(drawn).substring(0, 8));
        query.put("code_challenge", base64(sha256(verifier.getBytes(UTF_8))));
        query.put("code_challenge_method", "S256");
        query.put("acr_values", Integer.toString(level));
        String granted = throughTheForms(
                URI.create(issuer + "/protocol/openid-connect/auth?" + encoded(query)), user, password, code);

        var exchange = new LinkedHashMap<String, String>();
        exchange.put("grant_type", "authorization_code");
        exchange.put("client_id", client);
        exchange.put("code", granted);
        exchange.put("redirect_uri", REDIRECT);
        exchange.put("code_verifier", verifier);
        var answer = send(URI.create(issuer + "/protocol/openid-connect/token"), exchange);
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject().getString("access_token");
        } catch (JsonException | NullPointerException refused) {
            throw new LaunchException("Keycloak gave no token (" + answer.statusCode() + ")", refused);
        }
    }

    private String throughTheForms(URI begin, String user, String password, Code code) throws LaunchException {
        var answer = send(begin, Map.of());
        // Password, one-time code and a few redirects; more means that we go round in circles.
        for (int step = 0; step < 12; step++) {
            if (answer.statusCode() / 100 == 3) {
                String target = answer.headers().firstValue("Location").orElse("");
                if (target.startsWith(REDIRECT)) {
                    return parameter(target, "code");
                }
                answer = send(begin.resolve(target), Map.of());
                continue;
            }
            String page = answer.body();
            Matcher error = ERROR.matcher(page);
            if (error.find()) {
                String said = error.group(1) != null ? error.group(1) : error.group(2);
                throw new LaunchException("Keycloak refuses to sign in " + user + ": " + unescaped(said));
            }
            Matcher form = FORM.matcher(page);
            if (!form.find()) {
                throw new LaunchException("Keycloak showed a page without a form (" + answer.statusCode() + ") to "
                        + user + ": does this realm know the client?");
            }
            Map<String, String> fields = page.contains("name=\"otp\"")
                    ? Map.of("otp", code.now())
                    : Map.of("username", user, "password", password, "credentialId", "");
            answer = send(URI.create(unescaped(form.group(1))), fields);
        }
        throw new LaunchException("signing in " + user + " did not come to an end");
    }

    // HttpClient's own cookie store keeps Keycloak's cookies back: they are "secure" and this is plain HTTP to
    // localhost.
    private HttpResponse<String> send(URI address, Map<String, String> form) throws LaunchException {
        var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
        if (!cookies.isEmpty()) {
            var header = new StringBuilder();
            cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            request.header("Cookie", header.toString());
        }
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(encoded(form)));
        }
        try {
            var answer = Web.CLIENT.send(request.build(), BodyHandlers.ofString());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String pair = cookie.split(";", 2)[0];
                int equals = pair.indexOf('=');
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return answer;
        } catch (IOException nobody) {
            throw new LaunchException(
                    "Keycloak does not answer at " + issuer + ": is it running? (./sosia status)", nobody);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while signing in", stopped);
        }
    }

    /** Gives the code of this moment. */
    @FunctionalInterface
    interface Code {
        String now() throws LaunchException;
    }

    private static String parameter(String address, String name) throws LaunchException {
        String query = address.substring(address.indexOf('?') + 1);
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
            }
        }
        throw new LaunchException("Keycloak sent the browser back without a code: " + query.replaceAll("=[^&]*", ""));
    }

    private static String encoded(Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        return text.toString();
    }

    private static String unescaped(String html) {
        return html.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

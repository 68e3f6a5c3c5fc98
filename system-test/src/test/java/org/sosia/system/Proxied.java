package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A browser that came by TLS to the proxy in front of the application. */
final class Proxied {

    private Proxied() {}

    /** It is sent to sign in, led back by TLS, and kept there. */
    static void staysOnTls(URI base, URI issuer) throws IOException, InterruptedException {
        HttpHeaders page = get(base.resolve("/"));
        HttpHeaders sentAway = get(base.resolve("/sign-in"));

        assertThat(page.firstValue("Strict-Transport-Security")).isPresent();
        assertThat(sentAway.firstValue("Location"))
                .hasValueSatisfying(
                        to -> assertThat(to).startsWith(issuer.toString()).contains("redirect_uri=https"));
        assertThat(sentAway.allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("sosia=").contains("Secure"));
    }

    private static HttpHeaders get(URI address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("X-Forwarded-Proto", "https")
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .headers();
    }
}

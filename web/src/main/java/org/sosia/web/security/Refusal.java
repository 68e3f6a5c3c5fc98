package org.sosia.web.security;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How the front door says no to a program: a status, a challenge where one helps, and problem details (RFC 9457). */
enum Refusal {
    /** RFC 6750, 3.1: without credentials the challenge names no error. */
    NO_TOKEN(401, "token-required", "Send an access token of the identity provider.", "Bearer realm=\"sosia\""),
    INVALID_TOKEN(
            401,
            "invalid-token",
            "The access token is not valid here, or no longer. Ask for a new one.",
            "Bearer realm=\"sosia\", error=\"invalid_token\", error_description=\"the access token is not valid\""),
    SIGNED_OUT(401, "signed-out", "The session has ended. Sign in again; nothing was changed.", ""),
    UNAVAILABLE(
            503,
            "identity-unavailable",
            "The identity provider does not answer, so nothing is shown. Nothing was changed; try again, or follow the"
                    + " downtime procedure.",
            "");

    private final int status;
    private final String type;
    private final String detail;
    private final String challenge;

    Refusal(int status, String type, String detail, String challenge) {
        this.status = status;
        this.type = type;
        this.detail = detail;
        this.challenge = challenge;
    }

    void send(HttpServletResponse response) {
        if (!challenge.isEmpty()) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        ProblemDetails.send(response, status, type, detail);
    }

    /** Problem details as this package writes them; the interface proper has its own. */
    static final class ProblemDetails {
        private ProblemDetails() {}

        static void send(HttpServletResponse response, int status, String type, String detail) {
            try {
                // Refused at the door, a request never meets the filters that add these.
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Cache-Control", "no-store");
                response.setStatus(status);
                response.setContentType("application/problem+json");
                var problem = Json.createObjectBuilder()
                        .add("type", "urn:sosia:problem:" + type)
                        .add("title", type.replace('-', ' '))
                        .add("status", status)
                        .add("detail", detail)
                        .build();
                response.getOutputStream().write(problem.toString().getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}

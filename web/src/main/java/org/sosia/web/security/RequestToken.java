package org.sosia.web.security;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Shows that a request comes from a page of this session and not from a page of somebody else's: {@code #{requestToken.value}}.
 *
 * <p>A form sends it as the field {@value #FIELD}, a script as the header {@value #HEADER}. Pages of Faces have their view state
 * and do not need it.
 */
@Named
@SessionScoped
public class RequestToken implements Serializable {

    /** The name of a form's hidden field. */
    public static final String FIELD = "request-token";

    /** The name of a script's header. */
    public static final String HEADER = "Sosia-Request-Token";

    /** 128 bits cannot be guessed in the life of a session. */
    private static final int BYTES = 16;

    private final String value = random();

    /** The token, for the page. */
    public String getValue() {
        return value;
    }

    /** Whether the request carries it. */
    public boolean isIn(HttpServletRequest request) {
        var header = request.getHeader(HEADER);
        var sent = header == null ? request.getParameter(FIELD) : header;
        return sent != null
                && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package org.sosia.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The addresses that the front door gives a meaning to, below the application's root. */
final class Paths {

    static final String CALLBACK = "/callback";
    static final String STEP_UP = "/step-up";
    static final String SIGN_IN = "/sign-in";
    static final String SIGN_OUT = "/sign-out";
    static final String BACK_CHANNEL_LOGOUT = "/back-channel-logout";
    static final String START = "/";

    private static final String API = "/api";

    private Paths() {}

    /** The path as the container matched it: decoded, without parameters, so that no spelling of it means two things. */
    static String of(HttpServletRequest request) {
        var below = request.getPathInfo();
        return below == null ? request.getServletPath() : request.getServletPath() + below;
    }

    /** Whether this is the programs' way in. */
    static boolean isApi(HttpServletRequest request) {
        var path = of(request);
        return path.equals(API) || path.startsWith(API + "/");
    }

    /** Whether this is a style sheet, a script, a picture: the same for everybody, and known to no caller. */
    static boolean isPartOfPage(HttpServletRequest request) {
        return of(request).startsWith("/jakarta.faces.resource/");
    }

    /** Whether the answer is a page of ours, with scripts of its own. */
    static boolean isPage(HttpServletRequest request) {
        var path = of(request);
        return path.endsWith(".xhtml") || path.equals(START) || path.isEmpty();
    }

    /**
     * The path to go on to, if it leads to this application.
     *
     * @param asked what a request asked for; it may be anything
     * @return the path, or the start page when it is not a plain local path
     */
    static String local(@Nullable String asked) {
        // "//host" and "/\host" are other hosts to a browser; control characters and the rest have no business here.
        return asked != null && asked.matches("/(?![/\\\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*") ? asked : START;
    }
}

package org.sosia.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fresh proof that a session waits for.
 *
 * <p>Born when a door asked for it, in a new session that nobody is signed in to; ends when the person comes back from the
 * identity provider, whether or not what she brings is good enough.
 *
 * @param since a login before this does not count
 * @param returnTo the local path to go on to
 */
record StepUp(Instant since, String returnTo) implements Serializable {

    private static final String ATTRIBUTE = StepUp.class.getName();

    /** The assurance that a step-up is for. */
    private static final int ASSURANCE = 2;

    /** The identity provider tells the time in whole seconds, and by its own clock. */
    private static final int CLOCK_SKEW_SECONDS = 30;

    static boolean isPending(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) != null;
    }

    void begin(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** Whether these claims are the proof that was waited for. */
    boolean isMetBy(PersonClaims claims) {
        return claims.assurance() >= ASSURANCE
                && !claims.authenticatedAt().isBefore(since.minusSeconds(CLOCK_SKEW_SECONDS));
    }

    /** Ends the wait, if there is one. */
    static @Nullable StepUp end(HttpSession session) {
        var pending = (StepUp) session.getAttribute(ATTRIBUTE);
        session.removeAttribute(ATTRIBUTE);
        return pending;
    }
}

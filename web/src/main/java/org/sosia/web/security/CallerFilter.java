package org.sosia.web.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sosia.identity.Caller;

/**
 * Tells the capabilities who calls, once per request, whichever way the caller came in.
 *
 * <p>For a browser it also asks whether the session still lives. When that cannot be known the answer is an honest "not now": a
 * person who has seen originals must never be shown the twin hospital for the reason that a server was down.
 */
public class CallerFilter extends HttpFilter {

    @Inject
    transient Caller caller;

    @Inject
    transient OpenIdContext openId;

    @Inject
    transient Verdicts verdicts;

    @Inject
    transient EndedSessions ended;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Paths.isApi(request)) {
            admitProgram(request, response, chain);
        } else if (request.getUserPrincipal() == null || Paths.isPartOfPage(request)) {
            chain.doFilter(request, response);
        } else {
            admitPerson(request, response, chain);
        }
    }

    private void admitProgram(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var credentials = EstablishedCredentials.of(request);
        if (credentials.isEmpty()) {
            Refusal.NO_TOKEN.send(response);
            return;
        }
        caller.establish(credentials.get());
        chain.doFilter(request, response);
    }

    private void admitPerson(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var idToken = openId.getIdentityToken();
        if (idToken == null) {
            end(request, response);
            return;
        }
        var claims = new PersonClaims(idToken.getClaims());
        var verdict = ended.contains(claims.session())
                ? Verdict.ENDED
                : verdicts.of(claims.session(), openId.getAccessToken().getToken());
        switch (verdict) {
            case ENDED -> end(request, response);
            case UNKNOWN -> response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            case GENUINE, DECEIVED -> {
                caller.establish(claims.toCredentials(request.getRemoteAddr(), true, verdict == Verdict.DECEIVED));
                chain.doFilter(request, response);
            }
        }
    }

    private static void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        new SignInRedirect(request, response).sendRedirect(request.getContextPath() + Paths.START);
    }
}

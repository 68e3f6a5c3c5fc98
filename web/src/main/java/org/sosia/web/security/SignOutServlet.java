package org.sosia.web.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.stream.Stream;
import org.sosia.identity.Roles;
import org.sosia.lane.Gate;

/**
 * {@code POST /sign-out}: ends the session here and the identity provider's, and forgets what passed the gate.
 *
 * <p>RP-initiated logout: the browser is sent on with its ID token as the hint, and comes back to the start page.
 */
@WebServlet(Paths.SIGN_OUT)
public class SignOutServlet extends HttpServlet {

    private static final System.Logger LOG = System.getLogger(SignOutServlet.class.getName());

    @Inject
    transient OpenIdContext openId;

    @Inject
    transient RequestToken requestToken;

    @Inject
    transient IdentityProvider provider;

    @Inject
    transient Verdicts verdicts;

    @Inject
    transient Gate gate;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null || openId.getIdentityToken() == null) {
            response.sendRedirect(request.getContextPath() + Paths.START);
        } else if (requestToken.isIn(request)) {
            signOut(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var hint = openId.getIdentityToken().getToken();
        if (Stream.of(Roles.DOCTOR, Roles.PATIENT, Roles.DATA_OWNER).anyMatch(request::isUserInRole)) {
            gate.leave();
        }
        verdicts.forget(new PersonClaims(openId.getIdentityToken().getClaims()).session());
        request.getSession().invalidate();
        response.sendRedirect(farewell(request, hint));
    }

    private String farewell(HttpServletRequest request, String hint) {
        var start = startPage(request);
        try {
            return UriBuilder.fromUri(provider.endSession())
                    .queryParam("id_token_hint", hint)
                    .queryParam("post_logout_redirect_uri", start)
                    .build()
                    .toString();
        } catch (IdentityProviderUnavailableException silent) {
            // Its session outlives ours until it is idle; our own is gone in any case.
            LOG.log(Level.WARNING, "a session ended here only", silent);
            return start;
        }
    }

    private static String startPage(HttpServletRequest request) {
        var address = request.getRequestURL();
        return address.substring(0, address.length() - request.getRequestURI().length())
                + request.getContextPath()
                + Paths.START;
    }
}

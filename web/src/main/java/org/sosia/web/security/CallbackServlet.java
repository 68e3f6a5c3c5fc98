package org.sosia.web.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Where the identity provider sends the browser back to; the sign-in itself has happened before this is called. */
@WebServlet(Paths.CALLBACK)
public class CallbackServlet extends HttpServlet {

    private static final String FAILED = "/index.xhtml?sign-in=failed";
    private static final String TOO_WEAK = "/index.xhtml?sign-in=weak";

    @Inject
    transient OpenIdContext openId;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(request.getContextPath() + next(request, response));
    }

    private String next(HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession(false);
        if (session == null || request.getUserPrincipal() == null || openId.getIdentityToken() == null) {
            return FAILED;
        }
        // Whoever knew the session's id before the login must not know it after.
        request.changeSessionId();
        var stepUp = StepUp.end(session);
        if (stepUp == null) {
            return original(request, response);
        }
        return stepUp.isMetBy(new PersonClaims(openId.getIdentityToken().getClaims())) ? stepUp.returnTo() : TOO_WEAK;
    }

    private String original(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> asked = openId.getStoredValue(request, response, OpenIdConstant.ORIGINAL_REQUEST);
        return asked.map(URI::create)
                .map(address -> address.getRawQuery() == null
                        ? address.getRawPath()
                        : address.getRawPath() + "?" + address.getRawQuery())
                .map(path -> path.substring(request.getContextPath().length()))
                .map(Paths::local)
                .orElse(Paths.START);
    }
}

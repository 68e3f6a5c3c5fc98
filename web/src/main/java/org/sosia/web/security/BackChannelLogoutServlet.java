package org.sosia.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.text.ParseException;
import java.util.Map;

/** Hears from the identity provider that a session has ended there (OpenID Connect Back-Channel Logout 1.0). */
@WebServlet(Paths.BACK_CHANNEL_LOGOUT)
public class BackChannelLogoutServlet extends HttpServlet {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    @Inject
    transient IdentityProvider provider;

    @Inject
    transient EndedSessions ended;

    @Inject
    transient Verdicts verdicts;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var token = request.getParameter("logout_token");
            if (token == null) {
                throw new InvalidTokenException();
            }
            end(token);
            response.setStatus(HttpServletResponse.SC_OK);
        } catch (InvalidTokenException | ParseException refused) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        } catch (IdentityProviderUnavailableException silent) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void end(String token) throws InvalidTokenException, IdentityProviderUnavailableException, ParseException {
        var claims = provider.logoutTokens().check(token);
        Map<String, Object> events = claims.getJSONObjectClaim("events");
        // 2.6: an ID token must not pass for a logout token, hence the event and the forbidden nonce.
        if (!events.containsKey(EVENT) || claims.getClaim("nonce") != null) {
            throw new InvalidTokenException();
        }
        var session = claims.getStringClaim("sid");
        ended.add(session);
        verdicts.forget(session);
    }
}

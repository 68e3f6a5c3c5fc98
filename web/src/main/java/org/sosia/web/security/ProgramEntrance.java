package org.sosia.web.security;

import static jakarta.security.enterprise.AuthenticationStatus.SEND_FAILURE;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.sosia.identity.Credentials;

/** Lets programs in: one request, one bearer token (RFC 6750, in the header only: addresses end up in logs). */
@ApplicationScoped
class ProgramEntrance {

    private static final System.Logger LOG = System.getLogger(ProgramEntrance.class.getName());

    private static final String SCHEME = "Bearer ";

    @Inject
    IdentityProvider provider;

    @Inject
    Verdicts verdicts;

    AuthenticationStatus validate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        var token = token(request);
        if (token.isEmpty()) {
            return refuse(response, Refusal.NO_TOKEN);
        }
        try {
            var claims =
                    new PersonClaims(provider.accessTokens().check(token.get()).getClaims());
            var verdict = verdicts.of(claims.session(), token.get());
            return switch (verdict) {
                case ENDED -> refuse(response, Refusal.INVALID_TOKEN);
                case UNKNOWN -> refuse(response, Refusal.UNAVAILABLE);
                case GENUINE, DECEIVED ->
                    admit(
                            claims.toCredentials(request.getRemoteAddr(), false, verdict == Verdict.DECEIVED),
                            request,
                            context);
            };
        } catch (InvalidTokenException invalid) {
            LOG.log(Level.DEBUG, "a bearer token was refused", invalid);
            return refuse(response, Refusal.INVALID_TOKEN);
        } catch (IdentityProviderUnavailableException silent) {
            LOG.log(Level.WARNING, "a bearer token could not be checked", silent);
            return refuse(response, Refusal.UNAVAILABLE);
        }
    }

    private static AuthenticationStatus admit(
            Credentials credentials, HttpServletRequest request, HttpMessageContext context) {
        EstablishedCredentials.put(request, credentials);
        return context.notifyContainerAboutLogin(credentials.subject(), credentials.roles());
    }

    private static AuthenticationStatus refuse(HttpServletResponse response, Refusal refusal) {
        refusal.send(response);
        return SEND_FAILURE;
    }

    private static Optional<String> token(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }
}

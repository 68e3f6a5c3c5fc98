package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContextWrapper;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;

/** Lets people in by the container's code flow, and smooths where that flow is rough. */
@ApplicationScoped
class BrowserEntrance {

    private static final System.Logger LOG = System.getLogger(BrowserEntrance.class.getName());

    @Inject
    OpenIdContext openId;

    AuthenticationStatus validate(
            HttpAuthenticationMechanism codeFlow,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context)
            throws AuthenticationException {
        if (Paths.of(request).equals(Paths.CALLBACK)) {
            return comeBack(codeFlow, request, response, context);
        }
        var redirecting = new SignInRedirect(request, response);
        return codeFlow.validateRequest(request, redirecting, new HttpMessageContextWrapper(context) {
            @Override
            public HttpServletResponse getResponse() {
                return redirecting;
            }
        });
    }

    /**
     * Takes the browser's return from the identity provider. Whatever fails here leaves the request anonymous, and
     * {@link CallbackServlet} sends the person to where she can begin again: an answer that does not fit is usually an old tab.
     */
    private AuthenticationStatus comeBack(
            HttpAuthenticationMechanism codeFlow,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context)
            throws AuthenticationException {
        if (request.getSession(false) == null
                || openId.getStoredValue(request, response, OpenIdConstant.ORIGINAL_REQUEST)
                        .isEmpty()) {
            return context.doNothing();
        }
        try {
            var status = codeFlow.validateRequest(request, response, context);
            return status == AuthenticationStatus.SEND_FAILURE ? context.doNothing() : status;
        } catch (IllegalStateException | IllegalArgumentException refused) {
            LOG.log(Level.WARNING, "a sign-in was refused", refused);
            return context.doNothing();
        }
    }
}

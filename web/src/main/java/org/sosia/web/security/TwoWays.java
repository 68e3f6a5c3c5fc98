package org.sosia.web.security;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Keeps the two ways in apart: below {@code /api} a bearer token and nothing else, everywhere else the browser's sign-in.
 *
 * <p>A session cookie opens nothing below {@code /api}, so a page of another site cannot make a browser call it; a bearer token
 * opens no screen.
 */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public class TwoWays implements HttpAuthenticationMechanism {

    @Inject
    @Delegate
    @Any
    HttpAuthenticationMechanism codeFlow;

    @Inject
    ProgramEntrance programs;

    @Inject
    BrowserEntrance browsers;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        return Paths.isApi(request)
                ? programs.validate(request, response, context)
                : browsers.validate(codeFlow, request, response, context);
    }

    @Override
    public AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        return codeFlow.secureResponse(request, response, context);
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        codeFlow.cleanSubject(request, response, context);
    }
}

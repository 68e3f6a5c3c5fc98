package org.sosia.web.security;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.sosia.identity.Credentials;

/** Carries what was checked before the request reached the filters to {@link CallerFilter}. */
final class EstablishedCredentials {

    private static final String ATTRIBUTE = EstablishedCredentials.class.getName();

    private EstablishedCredentials() {}

    static void put(ServletRequest request, Credentials credentials) {
        request.setAttribute(ATTRIBUTE, credentials);
    }

    static Optional<Credentials> of(ServletRequest request) {
        return Optional.ofNullable((Credentials) request.getAttribute(ATTRIBUTE));
    }
}

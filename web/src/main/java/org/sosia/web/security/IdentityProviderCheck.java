package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while the identity provider answers: without it nobody can be told from anybody. */
@Readiness
@ApplicationScoped
public class IdentityProviderCheck implements HealthCheck {

    @Inject
    IdentityProvider provider;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("identity-provider")
                .status(provider.answers())
                .build();
    }
}

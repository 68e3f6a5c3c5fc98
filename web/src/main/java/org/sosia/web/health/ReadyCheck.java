package org.sosia.web.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.sosia.operations.Readiness;

/** Ready only when both stores, the keys and the identity provider are; each probe stands in the answer under its name. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    @Inject
    Readiness readiness;

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("hospital");
        var probes = readiness.probes();
        probes.forEach((name, isReady) -> answer.withData(name, isReady));
        return answer.status(!probes.containsValue(false)).build();
    }
}

package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the identity provider is and who we are to it; also read by the expressions of {@link BrowserSignIn}. */
@Named("identityProvider")
@ApplicationScoped
public class IdentityProviderSettings {

    @Inject
    @ConfigProperty(name = "sosia.oidc.issuer", defaultValue = "http://localhost:8180/realms/sosia")
    String issuer;

    @Inject
    @ConfigProperty(name = "sosia.oidc.client-id", defaultValue = "sosia-web")
    String clientId;

    @Inject
    @ConfigProperty(name = "sosia.oidc.client-secret-file", defaultValue = "/etc/sosia/client-secret")
    String clientSecretFile;

    @Inject
    @ConfigProperty(name = "sosia.api.audience", defaultValue = "sosia-api")
    String audience;

    /**
     * How long what introspection said of a session is believed. Short, because it is also the time for which an
     * intruder, once recognised, is still taken for a person; long enough that a page with twenty requests asks once.
     */
    @Inject
    @ConfigProperty(name = "sosia.oidc.introspection-max-age", defaultValue = "PT5S")
    Duration introspectionMaxAge;

    /** The issuer, which is also the address below which discovery finds the rest. */
    public String getIssuer() {
        return issuer;
    }

    /** The name under which the identity provider knows us. */
    public String getClientId() {
        return clientId;
    }

    /** Our secret, read afresh so that it can be changed without a restart. */
    public String getClientSecret() {
        try {
            return Files.readString(Path.of(clientSecretFile)).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("sosia.oidc.client-secret-file cannot be read", unreadable);
        }
    }

    String audience() {
        return audience;
    }

    Duration introspectionMaxAge() {
        return introspectionMaxAge;
    }
}

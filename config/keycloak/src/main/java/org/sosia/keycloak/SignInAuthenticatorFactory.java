package org.sosia.keycloak;

import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Offers {@code sosia-sign-in} to authentication flows. */
public final class SignInAuthenticatorFactory extends UsernamePasswordFormFactory {

    private final DeceptionSettings settings = new DeceptionSettings();

    @Override
    public String getId() {
        return "sosia-sign-in";
    }

    @Override
    public String getDisplayType() {
        return "Name and password, with planted identities for guessers";
    }

    @Override
    public String getHelpText() {
        return "Lets a few wrong credentials succeed as an account whose attribute \"honey\" is true.";
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new SignInAuthenticator(session, settings);
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return DeceptionSettings.PROPERTIES;
    }
}

package org.sosia.keycloak;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Offers {@code sosia-code} to authentication flows. */
public final class CodeAuthenticatorFactory extends OTPFormAuthenticatorFactory {

    private static final CodeAuthenticator INSTANCE = new CodeAuthenticator();

    @Override
    public String getId() {
        return "sosia-code";
    }

    @Override
    public String getDisplayType() {
        return "One-time code, with planted identities for guessers";
    }

    @Override
    public String getHelpText() {
        return "Takes any six digits from an account whose attribute \"honey\" is true.";
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return INSTANCE;
    }
}

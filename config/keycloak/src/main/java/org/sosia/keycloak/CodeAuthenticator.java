package org.sosia.keycloak;

import java.util.regex.Pattern;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Keycloak's form for the one-time code, except that a planted identity takes any six digits: a guesser has no code, and
 * a second question without an answer would end the pretence.
 */
final class CodeAuthenticator extends OTPFormAuthenticator {

    private static final Pattern SIX_DIGITS = Pattern.compile("\\s*[0-9]{6}\\s*");

    @Override
    public void validateOTP(AuthenticationFlowContext context) {
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst("otp");
        if (HoneyPool.contains(context.getUser())
                && code != null
                && SIX_DIGITS.matcher(code).matches()) {
            context.success();
            return;
        }
        super.validateOTP(context);
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return HoneyPool.contains(user) || super.configuredFor(session, realm, user);
    }
}

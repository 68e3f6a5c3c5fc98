package org.sosia.keycloak;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keycloak's form for name and password, except that some wrong answers succeed as a planted identity ({@link Deception}).
 *
 * <p>Everything Keycloak does about a failure stays: the failed-login event, the slow hash for a name that does not exist,
 * the count of brute-force protection. So the log is true, and the time tells nothing.
 */
final class SignInAuthenticator extends UsernamePasswordForm {

    private final DeceptionSettings settings;

    SignInAuthenticator(KeycloakSession session, DeceptionSettings settings) {
        super(session);
        this.settings = settings;
    }

    @Override
    protected boolean validateForm(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        boolean again = isUserAlreadySetBeforeUsernamePasswordAuth(context);
        if (super.validateForm(context, form)) {
            if (HoneyPool.contains(context.getUser())) {
                // Whoever knows a planted account's password typed its own name.
                deceive(context);
            }
            return true;
        }
        // Somebody who is signed in already and confirms the password stays who they are.
        return !again && succeedsAllTheSame(context, form);
    }

    private boolean succeedsAllTheSame(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        String typed = stripped(form.getFirst("username"));
        String password = form.getFirst("password");
        if (typed.isEmpty() || password == null || password.isEmpty()) {
            return false;
        }
        var deception = settings.deception(context.getAuthenticatorConfig());
        if (deception.isEmpty()) {
            return false;
        }
        UserModel guessedAt = KeycloakModelUtils.findUserByNameOrEmail(context.getSession(), context.getRealm(), typed);
        // While an account is locked even its right password fails: its owner must not be led astray for that.
        if (guessedAt != null && AuthenticatorUtils.getDisabledByBruteForceEventError(context, guessedAt) != null) {
            return false;
        }
        if (!deception
                .get()
                .admits(
                        settings.read(context.getAuthenticatorConfig()),
                        context.getConnection().getRemoteAddr(),
                        typed,
                        password,
                        Instant.now())) {
            return false;
        }
        var planted = HoneyPool.pick(context, guessedAt, typed, deception.get());
        if (planted.isEmpty()) {
            return false;
        }
        countAsFailure(context, guessedAt);
        // The failure is on record; what follows is a sign-in of the planted account and gets an event of its own.
        context.newEvent()
                .event(EventType.LOGIN)
                .client(context.getAuthenticationSession().getClient());
        context.clearUser();
        context.setUser(planted.get());
        deceive(context);
        context.getAuthenticationSession().setUserSessionNote(HoneyPool.TYPED, typed);
        return true;
    }

    private static void countAsFailure(AuthenticationFlowContext context, @Nullable UserModel guessedAt) {
        if (guessedAt != null && context.getRealm().isBruteForceProtected()) {
            context.getProtector()
                    .failedLogin(
                            context.getRealm(),
                            guessedAt,
                            context.getConnection(),
                            context.getUriInfo(),
                            Set.of(PasswordCredentialModel.TYPE));
        }
    }

    private static void deceive(AuthenticationFlowContext context) {
        context.getAuthenticationSession().setUserSessionNote(HoneyPool.VERDICT, HoneyPool.DECEIVED);
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}

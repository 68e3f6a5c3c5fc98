package org.sosia.keycloak;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
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

    // One authenticator serves one request.
    private @Nullable UserModel planted;
    private @Nullable UserModel guessedAt;

    SignInAuthenticator(KeycloakSession session, DeceptionSettings settings) {
        super(session);
        this.settings = settings;
    }

    @Override
    protected boolean validateForm(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        planted = null;
        if (super.validateForm(context, form)) {
            if (HoneyPool.contains(context.getUser())) {
                // Whoever knows a planted account's password typed its own name.
                deceive(context);
            }
            return true;
        }
        UserModel chosen = planted;
        if (chosen == null) {
            return false;
        }
        admit(context, chosen);
        return true;
    }

    /**
     * Keycloak is about to say that the pair is wrong. Decided here and not later, because what is said once stays said: the form
     * is the request's only one, and the page for the one-time code would still show the error of the page before.
     */
    @Override
    protected Response challenge(AuthenticationFlowContext context, @Nullable String error, @Nullable String field) {
        // Somebody who is signed in already and confirms the password stays who they are.
        if (error != null && !isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
            planted = chosen(context, context.getHttpRequest().getDecodedFormParameters());
        }
        return planted == null
                ? super.challenge(context, error, field)
                : Response.noContent().build();
    }

    private @Nullable UserModel chosen(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        String typed = stripped(form.getFirst("username"));
        String password = form.getFirst("password");
        if (typed.isEmpty() || password == null || password.isEmpty()) {
            return null;
        }
        var deception = settings.deception(context.getAuthenticatorConfig());
        if (deception.isEmpty()) {
            return null;
        }
        guessedAt = KeycloakModelUtils.findUserByNameOrEmail(context.getSession(), context.getRealm(), typed);
        // While an account is locked even its right password fails: its owner must not be led astray for that.
        if (guessedAt != null && AuthenticatorUtils.getDisabledByBruteForceEventError(context, guessedAt) != null) {
            return null;
        }
        boolean admitted = deception
                .get()
                .admits(
                        settings.read(context.getAuthenticatorConfig()),
                        context.getConnection().getRemoteAddr(),
                        typed,
                        password,
                        Instant.now());
        return admitted
                ? HoneyPool.pick(context, guessedAt, typed, deception.get()).orElse(null)
                : null;
    }

    private void admit(AuthenticationFlowContext context, UserModel chosen) {
        countAsFailure(context, guessedAt);
        // The failure is on record; what follows is a sign-in of the planted account and gets an event of its own.
        context.newEvent()
                .event(EventType.LOGIN)
                .client(context.getAuthenticationSession().getClient());
        context.clearUser();
        context.setUser(chosen);
        deceive(context);
        String typed =
                stripped(context.getHttpRequest().getDecodedFormParameters().getFirst("username"));
        context.getAuthenticationSession().setUserSessionNote(HoneyPool.TYPED, typed);
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

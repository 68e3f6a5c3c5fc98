package org.sosia.web.security;

/** The identity provider did not answer, or not sensibly. Nothing can be said about any token until it does. */
final class IdentityProviderUnavailableException extends Exception {
    IdentityProviderUnavailableException(Throwable cause) {
        super("the identity provider does not answer", cause);
    }

    IdentityProviderUnavailableException(String what) {
        super("the identity provider does not answer: " + what);
    }
}

package org.sosia.web.security;

/**
 * A bearer token is not one of ours, or no longer.
 *
 * <p>Why stays in the cause, for our log: the caller learns only that the token is not valid.
 */
final class InvalidTokenException extends Exception {
    InvalidTokenException(Throwable cause) {
        super("the token is not valid", cause);
    }

    InvalidTokenException() {
        super("the token is not valid");
    }
}

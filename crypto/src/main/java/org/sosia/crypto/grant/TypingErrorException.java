package org.sosia.crypto.grant;

/**
 * What was typed is not a partial key at all: wrong length, a foreign character, or a check character that does not fit.
 *
 * <p>Whoever types a key meets it and looks at the paper again. A wrong key that was typed without a slip is not this exception.
 */
public final class TypingErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    TypingErrorException() {
        super("this is not a partial key: it was mistyped");
    }
}

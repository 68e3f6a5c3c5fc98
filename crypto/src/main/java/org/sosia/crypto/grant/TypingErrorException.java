package org.sosia.crypto.grant;

/** To come. */
public final class TypingErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    TypingErrorException() {
        super("this is not a partial key: it was mistyped");
    }
}

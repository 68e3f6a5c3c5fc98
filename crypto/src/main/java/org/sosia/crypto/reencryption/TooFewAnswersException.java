package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;

/** Fewer trustees answered than the owner asked for. Whoever puts answers together meets it and asks more of them. */
public final class TooFewAnswersException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    TooFewAnswersException() {
        super("fewer trustees answered than must");
    }
}

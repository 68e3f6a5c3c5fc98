package org.sosia.keys;

/**
 * The root key file and the store do not belong together, or the file cannot be used. The operator meets it at start: either
 * the file of another installation lies in the key directory, or the file was lost while the store was kept.
 */
public final class KeysDoNotFitException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysDoNotFitException(String problem, Throwable cause) {
        super(problem, cause);
    }

    KeysDoNotFitException(String problem) {
        super(problem);
    }
}

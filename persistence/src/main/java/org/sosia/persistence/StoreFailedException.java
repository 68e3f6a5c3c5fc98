package org.sosia.persistence;

/** The store failed in the middle of a call; nothing of the call is kept. Deliberately not an application exception. */
public class StoreFailedException extends RuntimeException {

    StoreFailedException(Throwable cause) {
        super("the store failed", cause);
    }
}

package org.sosia.registration;

import jakarta.ejb.ApplicationException;

/** No person is registered under that account. */
@ApplicationException(rollback = true)
public final class NoSuchPersonException extends Exception {
    /** Refuses. */
    public NoSuchPersonException() {
        super("no such registration");
    }
}

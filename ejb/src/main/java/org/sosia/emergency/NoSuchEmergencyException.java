package org.sosia.emergency;

import jakarta.ejb.ApplicationException;

/** There is no such plea, or it does not concern the caller; the two are never told apart. */
@ApplicationException(rollback = true)
public final class NoSuchEmergencyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchEmergencyException() {
        super("no such emergency");
    }
}

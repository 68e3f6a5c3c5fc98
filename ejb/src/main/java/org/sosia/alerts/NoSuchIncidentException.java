package org.sosia.alerts;

import jakarta.ejb.ApplicationException;

/** There is no such incident. */
@ApplicationException(rollback = true)
public final class NoSuchIncidentException extends Exception {
    /** Refuses. */
    public NoSuchIncidentException() {
        super("no such incident");
    }
}

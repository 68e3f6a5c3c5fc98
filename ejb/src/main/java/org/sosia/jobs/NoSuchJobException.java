package org.sosia.jobs;

import jakarta.ejb.ApplicationException;

/** There is no such job in the caller's hospital. */
@ApplicationException(rollback = true)
public final class NoSuchJobException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchJobException() {
        super("no such job");
    }
}

package org.sosia.issuing;

import jakarta.ejb.ApplicationException;

/** There is no such order, or the caller may not know of it. */
@ApplicationException(rollback = true)
public final class NoSuchOrderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchOrderException() {
        super("no such order");
    }
}

package org.sosia.attributes;

import jakarta.ejb.ApplicationException;

/** The caller's hospital knows no attribute of that name: nobody holds it, and nobody lost it. */
@ApplicationException(rollback = true)
public final class NoSuchAttributeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchAttributeException() {
        super("no such attribute");
    }
}

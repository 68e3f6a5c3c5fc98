package org.sosia.ceremony;

import jakarta.ejb.ApplicationException;

/** There is no such ceremony, or another one came after it. */
@ApplicationException(rollback = true)
public final class NoSuchCeremonyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchCeremonyException() {
        super("no such ceremony");
    }
}

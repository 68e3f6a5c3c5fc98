package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** There is no such request, or it is not the caller's to decide; the two are never told apart. */
@ApplicationException(rollback = true)
public final class NoSuchRequestException extends Exception {
    /** Refuses. */
    public NoSuchRequestException() {
        super("no such request");
    }
}

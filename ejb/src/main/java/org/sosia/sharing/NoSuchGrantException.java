package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** There is no such grant, or it is not the caller's, or nothing waits in it; they are never told apart. */
@ApplicationException(rollback = true)
public final class NoSuchGrantException extends Exception {
    /** Refuses. */
    public NoSuchGrantException() {
        super("no such grant");
    }
}

package org.sosia.identity;

import jakarta.ejb.ApplicationException;

/** There is no such record, or it is not the caller's; the two are never told apart. */
@ApplicationException(rollback = true)
public final class NoSuchRecordException extends Exception {
    /** Refuses. */
    public NoSuchRecordException() {
        super("no such record");
    }
}

package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** A cloud tests no more words for the caller in this hour. */
@ApplicationException(rollback = true)
public final class TooManyTestsException extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyTestsException() {
        super("too many tests in this hour");
    }
}

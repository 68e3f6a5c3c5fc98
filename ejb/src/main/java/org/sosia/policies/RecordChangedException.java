package org.sosia.policies;

import jakarta.ejb.ApplicationException;

/** Another change of the record came first: two windows of the same owner meet it. Look at the record and decide anew. */
@ApplicationException(rollback = true)
public final class RecordChangedException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordChangedException(Throwable cause) {
        super("another change of the record came first", cause);
    }
}

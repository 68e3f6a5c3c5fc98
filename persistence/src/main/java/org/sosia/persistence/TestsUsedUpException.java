package org.sosia.persistence;

import jakarta.ejb.ApplicationException;

/** A cloud tests no more words for this person in this hour. */
@ApplicationException(rollback = true)
public final class TestsUsedUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TestsUsedUpException() {
        super("this cloud tests no more words for this person in this hour");
    }
}

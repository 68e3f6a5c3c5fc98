package org.sosia.statements;

import jakarta.ejb.ApplicationException;

/** What was handed in is no statement, or no certificate. */
@ApplicationException(rollback = true)
public final class UnreadableStatementException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    UnreadableStatementException(String field, Throwable cause) {
        super("cannot be read", cause);
        this.field = field;
    }

    /** Which of the values cannot be read. */
    public String field() {
        return field;
    }
}

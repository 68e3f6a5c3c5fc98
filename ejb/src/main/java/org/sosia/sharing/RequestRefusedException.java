package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** A value of a request or of its decision cannot be taken: an unknown purpose, a text too long, an expiry that is not in the future. */
@ApplicationException(rollback = true)
public final class RequestRefusedException extends Exception {
    private final String field;

    /**
     * Refuses.
     *
     * @param field the field's name
     * @param rule the rule it breaks, fixed text
     */
    public RequestRefusedException(String field, String rule) {
        super(rule);
        this.field = field;
    }

    /** The field that cannot be taken. */
    public String field() {
        return field;
    }
}

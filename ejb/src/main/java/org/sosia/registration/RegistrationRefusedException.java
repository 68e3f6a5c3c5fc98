package org.sosia.registration;

import jakarta.ejb.ApplicationException;

/** A registration cannot be taken as it is: an unknown role, an attribute that does not parse, an account registered before. */
@ApplicationException(rollback = true)
public final class RegistrationRefusedException extends Exception {
    private final String field;

    /**
     * Refuses.
     *
     * @param field the field's name
     * @param rule the rule it breaks, fixed text
     */
    public RegistrationRefusedException(String field, String rule) {
        super(rule);
        this.field = field;
    }

    /** The field that cannot be taken. */
    public String field() {
        return field;
    }
}

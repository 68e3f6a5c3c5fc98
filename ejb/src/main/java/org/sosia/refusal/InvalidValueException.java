package org.sosia.refusal;

import jakarta.ejb.ApplicationException;

/**
 * A value that somebody handed in cannot be taken as it is: a field of a form or a body, or the cursor of a list. Nothing was changed.
 *
 * <p>Whoever wrote the value meets it and should correct it. A program reads the rule; a screen has words of its own for the field.
 */
@ApplicationException(rollback = true)
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * Refuses a value.
     *
     * @param field the name of the field it was meant for
     * @param rule what it breaks, as fixed text that goes on after the field's name: "must be in the future"
     */
    public InvalidValueException(String field, String rule) {
        super("a value cannot be taken");
        this.field = field;
        this.rule = rule;
    }

    /** The field that the value was meant for. */
    public String field() {
        return field;
    }

    /** What the value breaks, as fixed text that goes on after the field's name. */
    public String rule() {
        return rule;
    }
}

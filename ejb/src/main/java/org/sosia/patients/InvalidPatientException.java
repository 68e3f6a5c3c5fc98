package org.sosia.patients;

import jakarta.ejb.ApplicationException;

/** A field of a patient's file cannot be taken as it is. Nothing was stored; the message for people is made of the facts. */
@ApplicationException
public class InvalidPatientException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    public InvalidPatientException(String field, String rule) {
        super("a field of the patient is not valid");
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    /** What the field has to be, as fixed text. */
    public String rule() {
        return rule;
    }
}

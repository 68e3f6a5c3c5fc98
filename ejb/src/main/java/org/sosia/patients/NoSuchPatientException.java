package org.sosia.patients;

import jakarta.ejb.ApplicationException;

/** There is no such patient, or it is not the caller's to see: the two answer alike. */
@ApplicationException
public class NoSuchPatientException extends Exception {

    private static final long serialVersionUID = 1L;

    public NoSuchPatientException() {
        super("no such patient");
    }
}

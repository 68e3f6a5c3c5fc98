package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** The record names a patient that the caller has not registered. Nothing was stored. */
@ApplicationException
public class UnknownPatientException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnknownPatientException() {
        super("no such patient");
    }
}

package org.sosia.similar;

import jakarta.ejb.ApplicationException;

/** There is no such leave, or the caller did not give it. */
@ApplicationException
public final class NoSuchLeaveException extends Exception {

    private static final long serialVersionUID = 1L;

    NoSuchLeaveException() {
        super("no such leave");
    }
}

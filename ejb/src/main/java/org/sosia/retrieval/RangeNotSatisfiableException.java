package org.sosia.retrieval;

import jakarta.ejb.ApplicationException;

/** The range asked for begins beyond the end of the content. */
@ApplicationException
public class RangeNotSatisfiableException extends Exception {

    private static final long serialVersionUID = 1L;

    public RangeNotSatisfiableException() {
        super("the range lies outside the content");
    }
}

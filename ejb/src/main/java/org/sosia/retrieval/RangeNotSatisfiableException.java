package org.sosia.retrieval;

import jakarta.ejb.ApplicationException;

/** The range asked for begins beyond the end of the content. */
@ApplicationException
public class RangeNotSatisfiableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long size;

    public RangeNotSatisfiableException(long size) {
        super("the range lies outside the content");
        this.size = size;
    }

    /** The bytes of the whole content. */
    public long size() {
        return size;
    }
}

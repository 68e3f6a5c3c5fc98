package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** The file is larger than this hospital takes in. Nothing was stored. */
@ApplicationException
public class TooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long limit;

    public TooLargeException(long limit) {
        super("the file is too large");
        this.limit = limit;
    }

    /** The most bytes a file may have. */
    public long limit() {
        return limit;
    }
}

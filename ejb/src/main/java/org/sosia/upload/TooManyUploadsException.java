package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** As many uploads are under way as are let in. Nothing of this one was read; the sender should try again a little later. */
@ApplicationException
public class TooManyUploadsException extends Exception {

    private static final long serialVersionUID = 1L;

    public TooManyUploadsException() {
        super("as many uploads are under way as are let in");
    }
}

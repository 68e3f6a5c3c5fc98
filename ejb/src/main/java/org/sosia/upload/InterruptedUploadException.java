package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** The sender stopped before the file's end. Nothing was stored; they may send it again. */
@ApplicationException
public class InterruptedUploadException extends Exception {

    private static final long serialVersionUID = 1L;

    public InterruptedUploadException() {
        super("the upload was interrupted");
    }
}

package org.sosia.upload;

import jakarta.ejb.ApplicationException;

/** The file has no bytes. Nothing was stored; the sender should look at what they picked. */
@ApplicationException
public class EmptyFileException extends Exception {

    private static final long serialVersionUID = 1L;

    public EmptyFileException() {
        super("the file is empty");
    }
}

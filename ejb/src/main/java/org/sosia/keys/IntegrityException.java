package org.sosia.keys;

import jakarta.ejb.ApplicationException;

/** What the store holds is not what its owner signed: damaged or tampered with. Nothing of it was released; the cloud's operator and the security desk have to look at it. */
@ApplicationException
public class IntegrityException extends Exception {

    private static final long serialVersionUID = 1L;

    public IntegrityException(Throwable cause) {
        super("the stored record fails its verification", cause);
    }

    public IntegrityException() {
        super("the stored record fails its verification");
    }
}

package org.sosia.rotation;

import jakarta.ejb.ApplicationException;

/** No key that can be rotated has that name. */
@ApplicationException(rollback = true)
public final class NoSuchKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public NoSuchKeyException() {
        super("no such key");
    }
}

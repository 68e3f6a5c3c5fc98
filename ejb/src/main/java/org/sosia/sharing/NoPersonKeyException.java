package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** The requester holds no key of her own to seal to: she is not registered, or not approved. Show the partial key instead. */
@ApplicationException(rollback = true)
public final class NoPersonKeyException extends Exception {
    /** Refuses. */
    public NoPersonKeyException() {
        super("the requester has no key to seal to");
    }
}

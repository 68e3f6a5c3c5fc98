package org.sosia.lane;

import jakarta.ejb.ApplicationException;

/**
 * A store, or a check that needs one, does not answer. Nothing was acknowledged and nothing was released; the caller tries again
 * later, or follows the downtime procedure. Every door may meet it, which is why it is unchecked.
 */
@ApplicationException
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException() {
        super("a store is unavailable");
    }

    public StoreUnavailableException(Throwable cause) {
        super("a store is unavailable", cause);
    }
}

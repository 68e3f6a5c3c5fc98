package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** The request was decided before: an owner who clicks twice, or two of her windows, meet it. Look at the list again. */
@ApplicationException(rollback = true)
public final class RequestDecidedException extends Exception {
    private final RequestState state;

    /** Refuses; {@code state} is how the request was decided. */
    public RequestDecidedException(RequestState state) {
        super("this request was decided before");
        this.state = state;
    }

    /** How it was decided. */
    public RequestState state() {
        return state;
    }
}

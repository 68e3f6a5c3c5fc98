package org.sosia.sharing;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** The caller already asked for this record and waits for the answer. */
@ApplicationException(rollback = true)
public final class AlreadyRequestedException extends Exception {
    private final UUID request;

    /** Refuses; {@code request} is the one that waits. */
    public AlreadyRequestedException(UUID request) {
        super("a request for this record waits already");
        this.request = request;
    }

    /** The request that waits. */
    public UUID request() {
        return request;
    }
}

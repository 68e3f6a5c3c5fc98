package org.sosia.registration;

import jakarta.ejb.ApplicationException;

/** Who registered a person wants to approve her, too: an administrator with another account has to. Nothing was changed. */
@ApplicationException(rollback = true)
public final class SecondPersonNeededException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public SecondPersonNeededException() {
        super("who registered a person does not approve her");
    }
}

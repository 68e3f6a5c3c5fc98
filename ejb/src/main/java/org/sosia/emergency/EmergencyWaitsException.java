package org.sosia.emergency;

import jakarta.ejb.ApplicationException;

/**
 * The caller's plea for this patient waits: too few trustees have answered. Nothing was opened, and no double is shown in its place.
 * Unchecked, because every way to a content may meet it.
 */
@ApplicationException
public final class EmergencyWaitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmergencyWaitsException() {
        super("too few trustees have answered");
    }
}

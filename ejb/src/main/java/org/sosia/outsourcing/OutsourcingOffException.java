package org.sosia.outsourcing;

import jakarta.ejb.ApplicationException;

/** This hospital does not let its clouds encrypt. The client locks by itself. */
@ApplicationException(rollback = true)
public final class OutsourcingOffException extends Exception {
    private static final long serialVersionUID = 1L;

    OutsourcingOffException() {
        super("outsourced encryption is off");
    }
}

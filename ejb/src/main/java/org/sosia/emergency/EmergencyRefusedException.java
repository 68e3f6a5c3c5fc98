package org.sosia.emergency;

import jakarta.ejb.ApplicationException;

/** A plea or an answer cannot be taken: too few trustees are there, or it stands no more. */
@ApplicationException(rollback = true)
public final class EmergencyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    EmergencyRefusedException(String rule) {
        super(rule);
    }
}

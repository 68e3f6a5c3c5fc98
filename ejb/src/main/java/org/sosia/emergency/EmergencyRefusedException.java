package org.sosia.emergency;

import jakarta.ejb.ApplicationException;

/** A plea or an answer cannot be taken: too few trustees are there, it stands no more, or there were too many of the same person. */
@ApplicationException(rollback = true)
public final class EmergencyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    EmergencyRefusedException(String rule) {
        super(rule);
    }
}

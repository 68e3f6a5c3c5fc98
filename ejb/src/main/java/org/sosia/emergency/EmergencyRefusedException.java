package org.sosia.emergency;

import jakarta.ejb.ApplicationException;

/** A plea or an answer cannot be taken: no reason was given, the caller is no trustee, too few trustees are there, or it stands no more. */
@ApplicationException(rollback = true)
public final class EmergencyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    EmergencyRefusedException(String rule) {
        super(rule);
    }
}

package org.sosia.sharing;

import jakarta.ejb.ApplicationException;

/** The caller may know of the record but not refer anybody to it: a doctor without an approval of her own in force meets it. */
@ApplicationException(rollback = true)
public final class MayNotReferException extends Exception {
    private static final long serialVersionUID = 1L;

    MayNotReferException() {
        super("the caller may not refer anybody to this record");
    }
}

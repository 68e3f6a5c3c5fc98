package org.sosia.persistence;

import jakarta.ejb.ApplicationException;

/** The header handed to a cloud is malformed, of another record, or not signed under the certificate kept there. */
@ApplicationException(rollback = true)
public class RefusedHeaderException extends RuntimeException {

    RefusedHeaderException() {
        super("the header was refused");
    }

    RefusedHeaderException(Throwable cause) {
        super("the header was refused", cause);
    }
}

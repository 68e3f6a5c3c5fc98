package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** A request for a transform key does not prove what it should. The authority meets it, and issues nothing. */
public final class KeyRequestRefusedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    KeyRequestRefusedException() {
        super("the request does not prove knowledge of the retrieval key in this context");
    }
}

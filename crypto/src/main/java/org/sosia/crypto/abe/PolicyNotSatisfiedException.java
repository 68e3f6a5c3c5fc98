package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** To come. */
public final class PolicyNotSatisfiedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    PolicyNotSatisfiedException() {
        super("the attributes do not satisfy the policy");
    }
}

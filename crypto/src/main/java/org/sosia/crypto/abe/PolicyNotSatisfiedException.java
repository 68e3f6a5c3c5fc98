package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** The attributes of a transform key do not satisfy the policy. Whoever asks a cloud to transform meets it. */
public final class PolicyNotSatisfiedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    PolicyNotSatisfiedException() {
        super("the attributes do not satisfy the policy");
    }
}

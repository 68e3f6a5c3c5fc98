package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;

/**
 * A trustee's answer is not what that trustee's share gives: the trustee, or whoever carried the answer, changed it.
 *
 * <p>Whoever puts answers together meets it and asks another trustee.
 */
public final class CheatingTrusteeException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    private final int trustee;

    CheatingTrusteeException(int trustee) {
        super("a trustee's answer is not what the trustee's share gives");
        this.trustee = trustee;
    }

    /**
     * Whose answer it is.
     *
     * @return the trustee's number, counted from 1 as in the target
     */
    public int trustee() {
        return trustee;
    }
}

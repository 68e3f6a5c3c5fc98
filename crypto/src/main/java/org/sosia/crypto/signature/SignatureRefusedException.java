package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;

/**
 * A signature is not that of the owner it should be of: wrong bytes, another signer, or a certificate that the hospital did not issue.
 *
 * <p>Whoever verifies meets it and must not use what was signed. Which of the checks failed stays inside.
 */
public final class SignatureRefusedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    SignatureRefusedException() {
        super("this is not the owner's signature");
    }
}

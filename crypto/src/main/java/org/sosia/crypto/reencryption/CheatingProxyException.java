package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;

/**
 * A converted lock is not what the re-key makes of the record: the proxy lied, or somebody changed its answer.
 *
 * <p>Whoever checks a conversion meets it and must not work with the answer.
 */
public final class CheatingProxyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    CheatingProxyException() {
        super("this is not what the re-key makes of this record");
    }
}

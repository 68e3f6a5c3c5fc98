package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;

/**
 * The slot opened, but the header is not what sealing makes of what was inside: somebody changed it.
 *
 * <p>Whoever opens an envelope meets it and gets nothing.
 */
public final class TamperedEnvelopeException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    TamperedEnvelopeException() {
        super("this envelope was tampered with");
    }
}

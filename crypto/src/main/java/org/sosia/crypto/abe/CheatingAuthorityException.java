package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** An authority contributed a part of a key that is no such part. Whoever combines meets it, and combines the parts of others. */
public final class CheatingAuthorityException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    private final int authority;

    CheatingAuthorityException(int authority) {
        super("an authority contributed a wrong part of a key");
        this.authority = authority;
    }

    /**
     * Who it was.
     *
     * @return the authority's number
     */
    public int authority() {
        return authority;
    }
}

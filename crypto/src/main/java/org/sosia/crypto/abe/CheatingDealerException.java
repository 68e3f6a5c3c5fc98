package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/**
 * A dealer in a key ceremony dealt something else than it committed to, or committed to something else than it should deal. Whoever takes part meets
 * it; the ceremony begins again without that dealer.
 */
public final class CheatingDealerException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    private final int dealer;

    /**
     * Accuses.
     *
     * @param dealer whose number
     */
    public CheatingDealerException(int dealer) {
        super("a dealer of the key ceremony cheated");
        this.dealer = dealer;
    }

    /**
     * Who it was.
     *
     * @return the dealer's number
     */
    public int dealer() {
        return dealer;
    }
}

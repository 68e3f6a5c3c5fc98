package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;

/** A public key together with the suite it belongs to. */
final class PublicKeyOfSuite {
    private final SignatureSuite suite;
    private final byte[] encoded;

    PublicKeyOfSuite(SignatureSuite suite, byte[] encoded) {
        this.suite = suite;
        this.encoded = encoded.clone();
    }

    SignatureSuite suite() {
        return suite;
    }

    byte[] encoded() {
        return encoded.clone();
    }

    /** Whether this suite and this key made the signature; a signature of another suite never counts. */
    boolean verifies(SignatureSuite claimed, byte[] message, byte[] signature) throws GeneralSecurityException {
        return suite == claimed && suite.verify(encoded, message, signature);
    }
}

package org.sosia.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate authority whose place another has taken: what it certified while it was there verifies for ever. Its key is no more. */
public final class FormerAuthority {

    private final X509Certificate certificate;
    private final Instant until;
    private final byte[] signature;

    FormerAuthority(X509Certificate certificate, Instant until, byte[] signature) {
        this.certificate = certificate;
        this.until = until;
        this.signature = signature.clone();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** When another took its place. */
    public Instant until() {
        return until;
    }

    /** Its signature on the one that took its place: see {@link org.sosia.crypto.signature.CertificateAuthority#introduction}. */
    public byte[] signature() {
        return signature.clone();
    }
}

package org.sosia.persistence;

import java.util.Optional;

/**
 * A cloud that does its share of every opening, and refuses whom it was told to refuse. A realm is one hospital served; its
 * name tells nothing.
 */
public interface Mediator {

    /** Keeps a person's encoded transform key, replacing any; lifts a revocation. */
    void keepTransformKey(String realm, String subject, byte[] key);

    /** Keeps the certificate (X.509, DER) under which a realm's owners sign; until then headers are checked for form only. */
    void keepCertificate(String realm, byte[] certificate);

    /**
     * Transforms the policy slot of a header with a person's key.
     *
     * @param header the encoded header
     * @return the encoded {@link org.sosia.crypto.envelope.TransformedSlot} and the mediator's word for it; empty when the person has no key, is revoked, or
     *     does not satisfy the policy
     * @throws RefusedHeaderException if the header is malformed, or not signed under the realm's certificate
     */
    Optional<Computed> transform(String realm, String subject, byte[] header);

    /** Refuses a person from now on and forgets the key. */
    void revoke(String realm, String subject);
}

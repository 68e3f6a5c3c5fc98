package org.sosia.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sosia.crypto.policy.Attribute;

/**
 * A cloud that does its share of every opening, and refuses whom it was told to refuse. A realm is one hospital served; its
 * name tells nothing.
 */
public interface Mediator extends Helper {

    /**
     * Keeps a person's encoded transform key, replacing any for the same public parameters; lifts a revocation. What the person lost by {@link
     * #dropAttribute} is taken out of it first. For parameters that were closed nothing is kept.
     *
     * @param parameters digest of the public parameters under which it was issued
     */
    void keepTransformKey(String realm, String subject, byte[] parameters, byte[] key);

    /**
     * As {@link #keepTransformKey}, for a person who has a key, for whatever parameters, and was not revoked: a key issued anew.
     *
     * @return false, and nothing is kept, if there is no such person, or the person was revoked meanwhile
     */
    boolean renewTransformKey(String realm, String subject, byte[] parameters, byte[] key);

    /**
     * Says under which public parameters those keys were issued that were kept before keys were told apart by them: to be called before any others
     * are opened. May be repeated.
     *
     * @param parameters digest of the parameters that there were
     */
    void nameTransformKeys(String realm, byte[] parameters);

    /**
     * From now on nothing is transformed under these public parameters; everybody's keys for them are dropped. May be repeated.
     *
     * @param parameters their digest
     */
    void closeParameters(String realm, byte[] parameters);

    /**
     * Drops an attribute, in whatever issue, from a person's key, and remembers that: no key kept later holds it until it is given
     * back. When this returns, the next transformation that needs it fails for want of it. May be repeated.
     *
     * @param realms every realm in which the person loses it, in one transaction
     * @return the number of the audit entry
     */
    long dropAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit);

    /** Lets keys of this person that are kept from now on hold the attribute again. */
    void giveBackAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit);

    /**
     * Keeps the certificates under which a realm's owners sign, or signed: encoded {@link org.sosia.crypto.signature.Authorities}. Until then
     * headers are checked for form only.
     */
    void keepCertificate(String realm, byte[] certificate);

    /** As {@link Cloud#operators}, for what is computed for a realm. */
    byte[] operators(String realm);

    /** As {@link Cloud#renewOperator}, for what is computed for a realm. */
    byte[] renewOperator(String realm, int known);

    /**
     * Transforms the policy slot of a header with a person's key for the public parameters that it names.
     *
     * @param header the encoded header
     * @return the encoded {@link org.sosia.crypto.envelope.TransformedSlot} and the mediator's word for it; empty when the person has no key, is revoked, or
     *     does not satisfy the policy
     * @throws RefusedHeaderException if the header is malformed, not signed under the realm's certificates, or names parameters that were closed
     */
    Optional<Computed> transform(String realm, String subject, byte[] header);

    /**
     * Keeps what a person's referral is opened with, beside what others hold of it; replaces what was kept under that id.
     *
     * @param pad opaque, at most {@value #MAX_PAD_BYTES} bytes
     */
    void keepPad(String realm, UUID referral, String subject, byte[] pad, Instant expires);

    /** What was kept for a referral; empty when it was dropped or is over, is another person's, or the person is refused. */
    Optional<byte[]> pad(String realm, String subject, UUID referral, Instant now);

    /** Forgets what was kept for a referral. */
    void dropPad(String realm, UUID referral);

    /** Limit of what is kept for one referral. */
    int MAX_PAD_BYTES = 1 << 18;

    /** Refuses a person from now on and forgets the key. */
    void revoke(String realm, String subject);
}

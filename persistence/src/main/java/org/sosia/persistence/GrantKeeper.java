package org.sosia.persistence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A cloud that keeps its half of every grant and applies it while the grant lives. */
public interface GrantKeeper extends Helper {

    /**
     * Keeps a grant together with the request it answers.
     *
     * @throws StoreConflictException if the request was decided already
     */
    void keep(GrantHalfRow grant, AccessRequest approved, AuditEvent audit);

    /**
     * Applies a grant's half to the header of the record it is for.
     *
     * @param header the encoded header
     * @return the encoded {@link org.sosia.crypto.grant.ConvertedGrant} and the keeper's word for it; empty when there is no such half, when it is revoked
     *     or expired, or is for somebody else or another record
     * @throws RefusedHeaderException if the header is malformed, of another record, or not signed under the certificate kept
     */
    Optional<Computed> convert(UUID grant, String grantee, UUID record, byte[] header, Instant now);

    /**
     * Re-encrypts the owner's lock of the record that a referral is for, and keeps the result together with the referral. The re-key is
     * forgotten when this returns.
     *
     * @param referral of kind {@link GrantKind#LOCK}, its half still empty
     * @param reKey the encoded {@link org.sosia.crypto.reencryption.ReKey}
     * @param approved says that the record was given to the grantee
     * @return what is kept, with the proof that it is right
     * @throws StoreConflictException if there is no such record, or the request was decided in another way
     * @throws RefusedHeaderException if re-key and header do not belong together, or are not signed under the certificate kept
     */
    Reencrypted refer(GrantHalfRow referral, byte[] reKey, AccessRequest approved, AuditEvent audit);

    /**
     * Hands out the re-encrypted lock of a referral.
     *
     * @return the encoded {@link org.sosia.crypto.reencryption.ConvertedLock}; empty when there is no such referral, when it is revoked
     *     or expired, or is for somebody else or another record
     */
    Optional<byte[]> lock(UUID referral, String grantee, UUID record, Instant now);

    /** The grant of kind {@link GrantKind#HALF} of a person for a record that lives longest, if any lives at the given moment. */
    Optional<GrantHalfRow> approvalFor(String grantee, UUID record, Instant now);

    /**
     * Ends a grant: forgets the half and the delivery, marks the request it answered as {@code REVOKED}. Once this returns, the
     * grant opens nothing any more. Unknown or revoked already: keeps the audit event, no more.
     *
     * @return the number of the audit entry
     */
    long revoke(UUID grant, AuditEvent audit);

    /**
     * Puts what waits in the inbox of a grant, sealed to another key of the same person, in the place of what waits there; nothing if
     * that changed meanwhile.
     */
    void redeliver(UUID grant, byte[] before, byte[] after);

    /** One grant, in whatever state. */
    Optional<GrantHalfRow> grant(UUID id);
}

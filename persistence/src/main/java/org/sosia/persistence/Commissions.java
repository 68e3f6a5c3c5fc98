package org.sosia.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a store keeps of keys that several authorities have to agree on. Each call is one transaction there. */
public interface Commissions {

    /** Keeps a commission that waits. One of the same person that waited is {@code REPLACED}, and its parts are forgotten. */
    void placeCommission(Commission commission);

    /** One commission. */
    Optional<Commission> commission(UUID id);

    /**
     * Commissions, newest first.
     *
     * @param subject only those of this person, or null
     * @param state only those in this state, or null
     * @param limit 1 to 200
     */
    List<Commission> commissions(@Nullable String subject, @Nullable CommissionState state, int limit);

    /** How many wait. */
    long waitingCommissions();

    /**
     * Keeps a part.
     *
     * @param digest SHA-256 of the part in the clear: no part is taken twice, for whatever commission
     * @throws StoreConflictException if the commission does not wait, that authority gave one before, or this very part was given before,
     *     for whatever commission
     */
    void addCommissionPart(UUID commission, CommissionPart part, byte[] digest, AuditEvent audit);

    /** The parts of a commission, oldest first. */
    List<CommissionPart> commissionParts(UUID commission);

    /** Forgets one authority's part, which proved wrong; that very part is not taken again. */
    void rejectCommissionPart(UUID commission, String giver, AuditEvent audit);

    /**
     * Ends the waiting, and forgets the parts.
     *
     * @param state any but {@code WAITING}
     * @param sealed the facts as they are from now on
     * @return the number of the audit entry
     * @throws StoreConflictException if it does not wait
     */
    long decideCommission(UUID commission, CommissionState state, Instant at, byte[] sealed, AuditEvent audit);
}

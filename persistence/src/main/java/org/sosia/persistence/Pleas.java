package org.sosia.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A cloud that re-encrypts owners' locks for trustees, while a plea stands. */
public interface Pleas {

    /** Keeps a re-key to trustees, which an owner issued ahead. One of that id that is there already stays. */
    void keepReKey(UUID id, byte[] reKey, AuditEvent audit);

    /** Keeps a plea. */
    void openPlea(Plea plea, AuditEvent audit);

    /** One plea, in whatever state. */
    Optional<Plea> plea(UUID id);

    /** Pleas that were asked after the given moment, newest first, at most 200. */
    List<Plea> pleas(Instant after);

    /**
     * Re-encrypts the owner's lock of a record for the trustees.
     *
     * @param reKey the id of a re-key kept here
     * @return the lock with its proof; empty when the plea does not stand, the record is not the patient's, or there is no such re-key
     * @throws RefusedHeaderException if re-key and header do not belong together, or are not signed under the certificate kept
     */
    Optional<Reencrypted> turn(UUID plea, UUID reKey, UUID record, Instant now);

    /**
     * Keeps a trustee's answer.
     *
     * @throws StoreConflictException if the plea does not stand, or she answered before
     */
    void answerPlea(UUID plea, PleaAnswer answer, AuditEvent audit);

    /** What was answered to a plea, oldest first. */
    List<PleaAnswer> answers(UUID plea);

    /** Ends a plea and forgets what was answered. Unknown or ended already: keeps the audit event, no more. */
    void endPlea(UUID plea, AuditEvent audit);
}

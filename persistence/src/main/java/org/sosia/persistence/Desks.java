package org.sosia.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a cloud keeps beside an index of words, sealed by the hospital: what was noted of a record, and what a person keeps for later. */
public interface Desks {

    /** Notes what is said about a record, replacing what was noted. */
    void keepGist(UUID record, byte[] sealed);

    /** What was noted of a record. */
    Optional<byte[]> gist(UUID record);

    /** Forgets what was noted of a record. */
    void dropGist(UUID record);

    /**
     * Records in state {@code READY} among these.
     *
     * @param ids at most 1000
     */
    List<SealedRecord> recordsAmong(Collection<UUID> ids);

    /** What a person keeps. */
    Optional<Desk> desk(String subject);

    /**
     * Keeps what a person keeps, in place of what she kept.
     *
     * @throws StoreConflictException if it is not the revision that follows what is stored
     */
    void keepDesk(Desk desk);
}

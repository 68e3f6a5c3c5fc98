package org.sosia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a cloud keeps of recovery copies, and how what was lost is put back. Each call is one transaction there. */
public interface Spares {

    /** How many bytes {@link #repair} takes at a time: 4.2 MB, as many as a commit group of {@link Cloud#appendContent} holds. */
    int REPAIR_BYTES = BlobStore.GROUP_ROWS * BlobStore.ROW_BYTES;

    /** Keeps that there are copies of a record, replacing what was kept before. */
    void keepSpare(Spare spare);

    /** That there are copies of a record, if there are. Stays when the record's own row is lost. */
    Optional<Spare> spare(UUID record);

    /** Forgets that there are copies of a record. */
    void dropSpare(UUID record);

    /** Records that have copies and were given another header since {@link #freshSpare}. */
    List<UUID> staleSpares(int limit);

    /**
     * Notes that copies tell of a record's newest header, if this is still the one.
     *
     * @param header SHA-256 of the encoded header they tell of
     */
    void freshSpare(UUID record, byte[] header);

    /**
     * Puts content back where it is not what is given: rows that are, stay. A record or second share that is still arriving, or was
     * deleted, is not touched; where there is no row yet, what is put back waits for it.
     *
     * @param id a record, or a second share
     * @param from where the bytes begin in the content: a multiple of {@link #REPAIR_BYTES}
     * @param bytes at most {@link #REPAIR_BYTES}; as many, unless they are the last
     * @param last whether the content ends with them: whatever lies behind is forgotten
     * @return how many rows were put back
     * @throws StoreConflictException if it is still arriving, or deleted
     */
    int repair(UUID id, long from, byte[] bytes, boolean last);

    /**
     * Puts the row of a record back, whose content is there.
     *
     * @param record complete, with its header
     * @return the number of the audit entry
     * @throws StoreConflictException if the record was deleted, is arriving, has another length than its content, or is there under a
     *     header that is sound and newer
     * @throws RefusedHeaderException as {@link Cloud#commitRecord}; also if an attribute was issued anew since, and the header says the old one
     */
    long restoreRecord(SealedRecord record, AuditEvent audit);

    /**
     * Puts the row of a second share back, or another note on it; its content is there.
     *
     * @param piece made by {@link SealedRecord#arrived}
     * @throws StoreConflictException if there is a record of this id, or the content has another length
     */
    void restorePiece(SealedRecord piece);
}

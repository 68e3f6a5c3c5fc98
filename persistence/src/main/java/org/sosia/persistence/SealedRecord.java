package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.splitting.Splitting;

/**
 * A record as a cloud keeps one, without its content, which is in chunks of its own.
 *
 * <p>Born {@link RecordState#RECEIVING} with {@link #receiving}; its content streams in; {@link #sealed} completes it. The
 * attempt ties the three together: when two workers receive the same record at once, only the chunks and the header of
 * one of them can become a record.
 *
 * <p>A row may also be the second share of a record that is split over two stores ({@link #receivingPiece}). Such a row has no header
 * and is no record; nothing in it but a sealed note says whose it is.
 */
@Entity
@Table(name = "item")
public class SealedRecord {

    private static final UUID NOBODY = new UUID(0, 0);

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "subject_id", nullable = false)
    private UUID patient;

    @Column(name = "owner", nullable = false)
    private String owner;

    @Column(name = "version", nullable = false)
    private int version;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    private RecordState state;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(name = "sealed_bytes", nullable = false)
    private long sealedBytes;

    @Column(name = "metadata", nullable = false)
    private byte[] metadata;

    @Column(name = "header", nullable = false)
    private byte[] header;

    @Column(name = "attempt", nullable = false)
    private UUID attempt;

    @Column(name = "split")
    private byte @Nullable [] split;

    /** For the container, which fills the fields. */
    protected SealedRecord() {}

    /** A row as it is to be kept. */
    public SealedRecord(
            UUID id,
            UUID patient,
            String owner,
            int version,
            RecordState state,
            Instant createdAt,
            Instant updatedAt,
            long sealedBytes,
            byte[] metadata,
            byte[] header,
            UUID attempt,
            byte @Nullable [] split) {
        this.id = id;
        this.patient = patient;
        this.owner = owner;
        this.version = version;
        this.state = state;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.sealedBytes = sealedBytes;
        this.metadata = metadata;
        this.header = header;
        this.attempt = attempt;
        this.split = split;
    }

    /** A record whose content is about to arrive. */
    public static SealedRecord receiving(UUID id, UUID patient, String owner, int version, Instant now) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                RecordState.RECEIVING,
                now,
                now,
                0,
                new byte[0],
                new byte[0],
                UUID.randomUUID(),
                null);
    }

    /** The second share of some record, about to arrive. Whose it is, the row does not say. */
    public static SealedRecord receivingPiece(UUID id, Instant now) {
        return receiving(id, NOBODY, "", 1, now);
    }

    /**
     * This record, of whose content only the first share will arrive here.
     *
     * @param link leads to the second share ({@link org.sosia.crypto.splitting.HiddenShare}), for whoever checks both stores; empty
     *     where the second share lies at the same store, which shall not know which one it is
     */
    public SealedRecord split(byte[] link) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                state,
                createdAt,
                updatedAt,
                sealedBytes,
                metadata,
                header,
                attempt,
                link.clone());
    }

    /**
     * This second share, complete.
     *
     * @param bytes its length
     * @param note sealed, for the hospital: whose it is
     */
    public SealedRecord arrived(long bytes, byte[] note) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                RecordState.PIECE,
                createdAt,
                createdAt,
                bytes,
                note,
                new byte[0],
                attempt,
                null);
    }

    /**
     * This record, completed.
     *
     * @param next {@link RecordState#SEALED} when its counterpart is still to come, {@link RecordState#READY} otherwise
     * @param bytes length of the sealed content in bytes; a cloud refuses the record when it received another number
     */
    public SealedRecord sealed(RecordState next, long bytes, byte[] sealedMetadata, byte[] encodedHeader, Instant now) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                next,
                createdAt,
                now,
                bytes,
                sealedMetadata,
                encodedHeader,
                attempt,
                split);
    }

    /** The same row in another state. */
    SealedRecord in(RecordState next, Instant now) {
        return new SealedRecord(
                id, patient, owner, version, next, createdAt, now, sealedBytes, metadata, header, attempt, split);
    }

    /** This record, whose owner gave it another header. */
    SealedRecord withHeader(byte[] encodedHeader, Instant now) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                state,
                createdAt,
                now,
                sealedBytes,
                metadata,
                encodedHeader,
                attempt,
                split);
    }

    /** Whether this is what an earlier call to complete the same attempt left. */
    boolean completes(SealedRecord other) {
        return (state == other.state || state == RecordState.READY)
                && attempt.equals(other.attempt)
                && Arrays.equals(header, other.header);
    }

    /** What stays leads to the second share still: whoever deletes it later must find it. */
    SealedRecord emptied(Instant now) {
        return new SealedRecord(
                id,
                patient,
                owner,
                version,
                RecordState.DELETED,
                createdAt,
                now,
                0,
                new byte[0],
                new byte[0],
                attempt,
                split);
    }

    /** The id, the same in both hospitals. */
    public UUID id() {
        return id;
    }

    /** Whose record it is. */
    public UUID patient() {
        return patient;
    }

    /** Subject id of the data owner. */
    public String owner() {
        return owner;
    }

    /** 1 at first. */
    public int version() {
        return version;
    }

    /** Where the record stands. */
    public RecordState state() {
        return state;
    }

    /** When receiving began. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When the state last changed or content last arrived. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** Length of the sealed content in bytes; 0 while receiving. */
    public long sealedBytes() {
        return sealedBytes;
    }

    /** Whether only the first of two shares of the content is kept here. */
    public boolean isSplit() {
        return split != null;
    }

    /** How many bytes of content are kept here: the sealed content's, or its first share's. */
    public long heldBytes() {
        return isSplit() && sealedBytes > 0 ? Splitting.BOTH.shareLength(sealedBytes) : sealedBytes;
    }

    /** The sealed metadata; empty while receiving and when deleted. */
    public byte[] metadata() {
        return metadata;
    }

    /** The encoded, signed header; empty while receiving and when deleted. */
    public byte[] header() {
        return header;
    }

    /** Which attempt to receive the content this is. */
    public UUID attempt() {
        return attempt;
    }
}

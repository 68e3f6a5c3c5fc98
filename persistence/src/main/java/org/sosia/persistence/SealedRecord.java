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

/**
 * A record as a cloud keeps one, without its content, which is in chunks of its own.
 *
 * <p>Born {@link RecordState#RECEIVING} with {@link #receiving}; its content streams in; {@link #sealed} completes it. The
 * attempt ties the three together: when two workers receive the same record at once, only the chunks and the header of
 * one of them can become a record.
 */
@Entity
@Table(name = "item")
public class SealedRecord {

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
            UUID attempt) {
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
                UUID.randomUUID());
    }

    /**
     * This record, completed.
     *
     * @param next {@link RecordState#SEALED} when its counterpart is still to come, {@link RecordState#READY} otherwise
     * @param bytes length of the sealed content in bytes; a cloud refuses the record when it received another number
     */
    public SealedRecord sealed(RecordState next, long bytes, byte[] sealedMetadata, byte[] encodedHeader, Instant now) {
        return new SealedRecord(
                id, patient, owner, version, next, createdAt, now, bytes, sealedMetadata, encodedHeader, attempt);
    }

    /** This record, whose owner gave it another header. */
    SealedRecord withHeader(byte[] encodedHeader, Instant now) {
        return new SealedRecord(
                id, patient, owner, version, state, createdAt, now, sealedBytes, metadata, encodedHeader, attempt);
    }

    /** Whether this is what an earlier call to complete the same attempt left. */
    boolean completes(SealedRecord other) {
        return (state == other.state || state == RecordState.READY)
                && attempt.equals(other.attempt)
                && Arrays.equals(header, other.header);
    }

    SealedRecord emptied(Instant now) {
        return new SealedRecord(
                id, patient, owner, version, RecordState.DELETED, createdAt, now, 0, new byte[0], new byte[0], attempt);
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

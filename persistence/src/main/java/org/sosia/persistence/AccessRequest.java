package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Someone asking a data owner for access to one record, and the owner's answer.
 */
@Entity
@Table(name = "ask")
public class AccessRequest {

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "item_id", nullable = false)
    private UUID record;

    @Column(name = "subject_id", nullable = false)
    private UUID patient;

    @Column(name = "requester", nullable = false)
    private String requester;

    @Column(name = "owner", nullable = false)
    private String owner;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    private RequestState state;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Convert(converter = AbsentableIdConverter.class)
    @Column(name = "half_id")
    private @Nullable UUID grant;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    /** For the container, which fills the fields. */
    protected AccessRequest() {}

    /** A row as it is to be kept. */
    public AccessRequest(
            UUID id,
            UUID record,
            UUID patient,
            String requester,
            String owner,
            RequestState state,
            Instant createdAt,
            @Nullable Instant decidedAt,
            @Nullable Instant expiresAt,
            @Nullable UUID grant,
            byte[] sealed) {
        this.id = id;
        this.record = record;
        this.patient = patient;
        this.requester = requester;
        this.owner = owner;
        this.state = state;
        this.createdAt = createdAt;
        this.decidedAt = decidedAt;
        this.expiresAt = expiresAt;
        this.grant = grant;
        this.sealed = sealed;
    }

    /** This request with what its store must not read. */
    public AccessRequest saying(byte[] newSealed) {
        return new AccessRequest(
                id, record, patient, requester, owner, state, createdAt, decidedAt, expiresAt, grant, newSealed);
    }

    /** This request, approved. */
    public AccessRequest approved(UUID newGrant, Instant now, Instant expires, byte[] newSealed) {
        return new AccessRequest(
                id,
                record,
                patient,
                requester,
                owner,
                RequestState.APPROVED,
                createdAt,
                now,
                expires,
                newGrant,
                newSealed);
    }

    /** This request, denied. */
    public AccessRequest denied(Instant now, byte[] newSealed) {
        return new AccessRequest(
                id, record, patient, requester, owner, RequestState.DENIED, createdAt, now, null, null, newSealed);
    }

    /** The id of the request. */
    public UUID id() {
        return id;
    }

    /** The record asked for. */
    public UUID record() {
        return record;
    }

    /** Whose record it is. */
    public UUID patient() {
        return patient;
    }

    /** Subject id of who asks. */
    public String requester() {
        return requester;
    }

    /** Subject id of the data owner who decides. */
    public String owner() {
        return owner;
    }

    /** What became of it. */
    public RequestState state() {
        return state;
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When the owner decided; null while pending. */
    public @Nullable Instant decidedAt() {
        return decidedAt;
    }

    /** When the access given ends; null unless approved. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** The grant made; null unless approved. */
    public @Nullable UUID grant() {
        return grant;
    }

    /** Purpose, note and reason, sealed. */
    public byte[] sealed() {
        return sealed;
    }
}

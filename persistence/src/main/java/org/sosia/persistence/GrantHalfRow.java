package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a cloud keeps of one grant. Useless without the partial key; the cloud applies it to a header and hands out the
 * result while the grant lives. Revocation and expiry end it; revocation also forgets the half.
 */
@Entity
@Table(name = "half")
public class GrantHalfRow {

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "item_id", nullable = false)
    private UUID record;

    @Column(name = "grantee", nullable = false)
    private String grantee;

    @Column(name = "half", nullable = false)
    private byte[] half;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt;

    @Column(name = "revoked", nullable = false)
    private boolean revoked;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind", nullable = false)
    private GrantKind kind;

    @Column(name = "delivery")
    private byte @Nullable [] delivery;

    /** For the container, which fills the fields. */
    protected GrantHalfRow() {}

    /** A row as it is to be kept. */
    public GrantHalfRow(
            UUID id,
            UUID record,
            String grantee,
            byte[] half,
            Instant expiresAt,
            boolean revoked,
            byte @Nullable [] delivery) {
        this(id, record, grantee, half, expiresAt, revoked, delivery, GrantKind.HALF);
    }

    private GrantHalfRow(
            UUID id,
            UUID record,
            String grantee,
            byte[] half,
            Instant expiresAt,
            boolean revoked,
            byte @Nullable [] delivery,
            GrantKind kind) {
        this.id = id;
        this.record = record;
        this.grantee = grantee;
        this.half = half;
        this.expiresAt = expiresAt;
        this.revoked = revoked;
        this.delivery = delivery;
        this.kind = kind;
    }

    /** A referral before the cloud has re-encrypted the lock. */
    public static GrantHalfRow referral(
            UUID id, UUID record, String grantee, Instant expiresAt, byte @Nullable [] delivery) {
        return new GrantHalfRow(id, record, grantee, new byte[0], expiresAt, false, delivery, GrantKind.LOCK);
    }

    GrantHalfRow with(byte[] lock) {
        return new GrantHalfRow(id, record, grantee, lock, expiresAt, revoked, delivery, kind);
    }

    GrantHalfRow delivered(byte[] other) {
        return new GrantHalfRow(id, record, grantee, half, expiresAt, revoked, other, kind);
    }

    GrantHalfRow ended() {
        return new GrantHalfRow(id, record, grantee, new byte[0], expiresAt, true, null, kind);
    }

    boolean opens(String who, UUID what, Instant now) {
        return !revoked && now.isBefore(expiresAt) && grantee.equals(who) && record.equals(what);
    }

    /** The id of the grant. */
    public UUID id() {
        return id;
    }

    /** The record it opens. */
    public UUID record() {
        return record;
    }

    /** What {@link #half} is. */
    public GrantKind kind() {
        return kind;
    }

    /** Subject id of the only person it is for. */
    public String grantee() {
        return grantee;
    }

    /** The encoded half, or lock; empty once revoked. */
    public byte[] half() {
        return half;
    }

    /** From this moment on it opens nothing. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Whether the owner took it back. */
    public boolean revoked() {
        return revoked;
    }

    /** The partial key sealed to the grantee's own key, when it waits in her inbox. */
    public byte @Nullable [] delivery() {
        return delivery;
    }
}

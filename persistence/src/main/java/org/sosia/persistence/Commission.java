package org.sosia.persistence;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's key that key authorities are asked for. Of one person at most one waits; what it says is sealed. */
public final class Commission {

    private final UUID id;
    private final String subject;
    private final String kind;
    private final CommissionState state;
    private final Instant createdAt;
    private final @Nullable Instant decidedAt;
    private final byte[] sealed;

    /** A row as it is to be kept. */
    public Commission(
            UUID id,
            String subject,
            String kind,
            CommissionState state,
            Instant createdAt,
            @Nullable Instant decidedAt,
            byte[] sealed) {
        this.id = id;
        this.subject = subject;
        this.kind = kind;
        this.state = state;
        this.createdAt = createdAt;
        this.decidedAt = decidedAt;
        this.sealed = sealed;
    }

    /** One that waits. */
    public static Commission waiting(UUID id, String subject, String kind, Instant now, byte[] sealed) {
        return new Commission(id, subject, kind, CommissionState.WAITING, now, null, sealed);
    }

    /** The id. */
    public UUID id() {
        return id;
    }

    /** Subject id of whose key it is. */
    public String subject() {
        return subject;
    }

    /** Why it is needed, a fixed word. */
    public String kind() {
        return kind;
    }

    /** What became of it. */
    public CommissionState state() {
        return state;
    }

    /** When it was asked for. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When it ceased to wait; null before. */
    public @Nullable Instant decidedAt() {
        return decidedAt;
    }

    /** The sealed facts. */
    public byte[] sealed() {
        return sealed;
    }
}

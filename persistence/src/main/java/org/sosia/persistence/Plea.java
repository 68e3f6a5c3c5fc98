package org.sosia.persistence;

import java.time.Instant;
import java.util.UUID;

/**
 * What somebody asked the trustees: that the records of one patient be opened for a while, because life is at stake.
 *
 * <p>Born live; ends by itself, or by being ended. What it says of the reason and of the session that asked is sealed.
 */
public final class Plea {

    private final UUID id;
    private final UUID patient;
    private final String requester;
    private final Instant createdAt;
    private final Instant expiresAt;
    private final boolean ended;
    private final byte[] sealed;

    /** A row as it is to be kept. */
    public Plea(
            UUID id,
            UUID patient,
            String requester,
            Instant createdAt,
            Instant expiresAt,
            boolean ended,
            byte[] sealed) {
        this.id = id;
        this.patient = patient;
        this.requester = requester;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.ended = ended;
        this.sealed = sealed;
    }

    /** Whether it stands at the given moment. */
    public boolean isLive(Instant now) {
        return !ended && now.isBefore(expiresAt);
    }

    /** The id of the plea. */
    public UUID id() {
        return id;
    }

    /** Whose records it is about. */
    public UUID patient() {
        return patient;
    }

    /** Subject id of who asked. */
    public String requester() {
        return requester;
    }

    /** When it was asked. */
    public Instant createdAt() {
        return createdAt;
    }

    /** From this moment on it opens nothing. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Whether it was ended before its time. */
    public boolean ended() {
        return ended;
    }

    /** The sealed facts. */
    public byte[] sealed() {
        return sealed;
    }
}

package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * Work that must follow from something committed: a row of the outbox. It is written in the transaction that makes it
 * necessary, given to one worker at a time, and disappears when done. The work must bear being done twice.
 */
@Entity
@Table(name = "task")
public class Task {

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "kind", nullable = false)
    private String kind;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "due_at", nullable = false)
    private Instant dueAt;

    @Column(name = "attempts", nullable = false)
    private int attempts;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    /** For the container, which fills the fields. */
    protected Task() {}

    /** A row as it is to be kept. */
    public Task(UUID id, String kind, Instant createdAt, Instant dueAt, int attempts, byte[] sealed) {
        this.id = id;
        this.kind = kind;
        this.createdAt = createdAt;
        this.dueAt = dueAt;
        this.attempts = attempts;
        this.sealed = sealed;
    }

    /** A new task, due at once. */
    public static Task of(String kind, Instant now, byte[] sealed) {
        return new Task(UUID.randomUUID(), kind, now, now, 0, sealed);
    }

    /** This task, not due before the given moment. */
    public Task dueAt(Instant moment) {
        return new Task(id, kind, createdAt, moment, attempts, sealed);
    }

    /** The id of the task. */
    public UUID id() {
        return id;
    }

    /** Which worker takes it; neutral, the store's operator reads it. */
    public String kind() {
        return kind;
    }

    /** When it became necessary. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Not before this moment; while a worker has it, the end of its lease. */
    public Instant dueAt() {
        return dueAt;
    }

    /** How often a worker was given it, this time included. */
    public int attempts() {
        return attempts;
    }

    /** What to do, sealed. */
    public byte[] sealed() {
        return sealed;
    }
}

package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One link of a store's audit chain. Each hash covers the entry and the hash before it, so that an entry changed, dropped or
 * moved later breaks the chain from there on.
 */
@Entity
@Table(name = "entry")
public class AuditEntry {

    @Id
    @Column(name = "seq", nullable = false)
    private long seq;

    @Column(name = "at", nullable = false)
    private Instant at;

    @Column(name = "actor", nullable = false)
    private String actor;

    @Column(name = "action", nullable = false)
    private String action;

    @Convert(converter = AbsentableIdConverter.class)
    @Column(name = "object")
    private @Nullable UUID object;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    @Column(name = "previous", nullable = false)
    private byte[] previous;

    @Column(name = "hash", nullable = false)
    private byte[] hash;

    /** For the container, which fills the fields. */
    protected AuditEntry() {}

    /** A row as it is to be kept. */
    public AuditEntry(
            long seq,
            Instant at,
            String actor,
            String action,
            @Nullable UUID object,
            byte[] sealed,
            byte[] previous,
            byte[] hash) {
        this.seq = seq;
        this.at = at;
        this.actor = actor;
        this.action = action;
        this.object = object;
        this.sealed = sealed;
        this.previous = previous;
        this.hash = hash;
    }

    /** 1, 2, 3, … without gaps. */
    public long seq() {
        return seq;
    }

    /** When, by the clock of the node that wrote it; order is by number, not by clock. */
    public Instant at() {
        return at;
    }

    /** Subject id of who did it. */
    public String actor() {
        return actor;
    }

    /** What was done. */
    public String action() {
        return action;
    }

    /** What it was done to, if it has an id. */
    public @Nullable UUID object() {
        return object;
    }

    /** Details only the hospital can open; may be empty. */
    public byte[] sealed() {
        return sealed;
    }

    /** Hash of the entry before; 32 zero bytes for the first. */
    public byte[] previous() {
        return previous;
    }

    /** SHA-256 over all of the above, see {@link AuditChain}. */
    public byte[] hash() {
        return hash;
    }
}

package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of someone trying what they should not, as the security desk sees it. Repeated evidence of the same kind is
 * counted in one incident for a while, instead of flooding the desk.
 */
@Entity
@Table(name = "notice")
public class Incident {

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "dedupe")
    private @Nullable String dedupe;

    @Column(name = "technique", nullable = false)
    private String technique;

    @Column(name = "severity", nullable = false)
    private int severity;

    @Column(name = "first_at", nullable = false)
    private Instant firstAt;

    @Column(name = "last_at", nullable = false)
    private Instant lastAt;

    @Column(name = "count", nullable = false)
    private int count;

    @Column(name = "state", nullable = false)
    private String state;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    /** For the container, which fills the fields. */
    protected Incident() {}

    /** A row as it is to be kept. */
    public Incident(
            UUID id,
            @Nullable String dedupe,
            String technique,
            int severity,
            Instant firstAt,
            Instant lastAt,
            int count,
            String state,
            byte[] sealed) {
        this.id = id;
        this.dedupe = dedupe;
        this.technique = technique;
        this.severity = severity;
        this.firstAt = firstAt;
        this.lastAt = lastAt;
        this.count = count;
        this.state = state;
        this.sealed = sealed;
    }

    /** This incident, with another word for what the desk made of it. */
    public Incident in(String next) {
        return new Incident(id, dedupe, technique, severity, firstAt, lastAt, count, next, sealed);
    }

    /** The id of the incident. */
    public UUID id() {
        return id;
    }

    /** Evidence with the same key is counted here while the window is open; null afterwards. */
    public @Nullable String dedupe() {
        return dedupe;
    }

    /** What was tried; a fixed neutral word. */
    public String technique() {
        return technique;
    }

    /** How grave, the gravest evidence counts; larger is worse. */
    public int severity() {
        return severity;
    }

    /** When the first evidence came. */
    public Instant firstAt() {
        return firstAt;
    }

    /** When the last evidence came. */
    public Instant lastAt() {
        return lastAt;
    }

    /** How many pieces of evidence. */
    public int count() {
        return count;
    }

    /** What the desk made of it; the words are the desk's. */
    public String state() {
        return state;
    }

    /** The first evidence, sealed. */
    public byte[] sealed() {
        return sealed;
    }
}

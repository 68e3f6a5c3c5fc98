package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * What a session has been seen doing. Once deceived, a session stays so until it ends.
 */
@Entity
@Table(name = "mark")
public class SessionMark {

    @Id
    @Column(name = "session", nullable = false)
    private String session;

    @Column(name = "tries", nullable = false)
    private int wrongTries;

    @Column(name = "flag", nullable = false)
    private boolean deceived;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    /** For the container, which fills the fields. */
    protected SessionMark() {}

    /** A row as it is to be kept. */
    public SessionMark(String session, int wrongTries, boolean deceived, Instant updatedAt) {
        this.session = session;
        this.wrongTries = wrongTries;
        this.deceived = deceived;
        this.updatedAt = updatedAt;
    }

    /** The session's id, hashed. */
    public String session() {
        return session;
    }

    /** How many well-formed but wrong partial keys it offered. */
    public int wrongTries() {
        return wrongTries;
    }

    /** Whether it is in the other hospital for good. */
    public boolean deceived() {
        return deceived;
    }

    /** When it was last seen doing something. */
    public Instant updatedAt() {
        return updatedAt;
    }
}

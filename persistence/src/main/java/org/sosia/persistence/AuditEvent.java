package org.sosia.persistence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened and must be accounted for. The store assigns number, time and chain hash. */
public final class AuditEvent {

    private final String actor;
    private final String action;
    private final @Nullable UUID object;
    private final byte[] sealed;

    /**
     * Something that happened.
     *
     * @param actor the subject id of who did it
     * @param action what was done, a fixed upper-case word such as {@code UNWRAP}; neutral, the store's operator reads it
     * @param object what it was done to, if it has an id
     * @param sealed details only the hospital can open; may be empty
     */
    public AuditEvent(String actor, String action, @Nullable UUID object, byte[] sealed) {
        this.actor = actor;
        this.action = action;
        this.object = object;
        this.sealed = sealed;
    }

    /** The subject id of who did it. */
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
}

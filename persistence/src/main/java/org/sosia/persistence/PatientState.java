package org.sosia.persistence;

/** Where a patient's row stands. */
public enum PatientState {
    /** Kept, but not listed: what must exist elsewhere does not exist yet. */
    PENDING,
    /** Listed. */
    READY,
    /** Only the id remains, so that it is never given out again. */
    DELETED
}

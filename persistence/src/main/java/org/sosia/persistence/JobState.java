package org.sosia.persistence;

/** Where long work stands. */
public enum JobState {
    /** Somebody works on it, or will. */
    RUNNING,
    /** Somebody stopped it; what is done stays done, and it can go on. */
    STOPPED,
    /** Nothing is left to do. */
    DONE
}

package org.sosia.persistence;

/** What a worker says about a task it was given. */
public enum Outcome {
    /** The work is done: the task disappears. */
    DONE,
    /** The work could not be done now: the task comes back after a while, later each time. */
    RETRY
}

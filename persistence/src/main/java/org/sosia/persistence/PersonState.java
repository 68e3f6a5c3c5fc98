package org.sosia.persistence;

/** Whether a person was registered. */
public enum PersonState {
    /** Waits for an administrator. */
    PENDING,
    /** An administrator approved. */
    APPROVED,
    /** An administrator shut the account. */
    DISABLED
}

package org.sosia.persistence;

/** What became of a request for access. */
public enum RequestState {
    /** Waits for the owner. */
    PENDING,
    /** The owner approved; a grant exists. */
    APPROVED,
    /** The owner said no. */
    DENIED,
    /** The owner approved and took it back. */
    REVOKED
}

package org.sosia.sharing;

/** Where a request stands. An approval whose time is over reads {@link #EXPIRED} without anybody having written so. */
public enum RequestState {
    /** Waits for the owner. */
    PENDING,
    /** Approved, and the grant is alive. */
    APPROVED,
    /** Denied, with a reason. */
    DENIED,
    /** Approved and taken back since. */
    REVOKED,
    /** Approved, and its time is over. */
    EXPIRED
}

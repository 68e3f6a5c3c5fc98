package org.sosia.lane;

/** Which of the two hospitals a request is in. Decided per request by the {@link AuthenticityVerifier} alone. */
public enum Lane {
    /** The real hospital: only when every proof about the person holds. */
    ORIGINAL,
    /** The twin hospital: everybody else, and the default. */
    DUPLICATE
}

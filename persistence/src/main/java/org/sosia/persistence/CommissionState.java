package org.sosia.persistence;

/** What became of a commission. */
public enum CommissionState {
    /** More parts are needed. */
    WAITING,
    /** The key was made and handed over. */
    ISSUED,
    /** An authority said no. */
    REFUSED,
    /** Another one took its place. */
    REPLACED
}

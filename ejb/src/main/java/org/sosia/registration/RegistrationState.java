package org.sosia.registration;

/** Where a person's registration stands. */
public enum RegistrationState {
    /** Waits for approval: no keys, and no proof of registration. */
    PENDING,
    /** Approved: keys exist. */
    APPROVED,
    /** Taken out: the transform key is gone, nothing opens by policy any more. */
    DISABLED
}

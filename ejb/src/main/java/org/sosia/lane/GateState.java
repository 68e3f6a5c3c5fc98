package org.sosia.lane;

/** What the gate's page may know about a session. A session that is being deceived looks like one that passed. */
public enum GateState {
    /** No record's gate has been passed in this session, or the proofs have expired. */
    CLOSED,
    /** At least one record's gate stands open. */
    OPEN
}

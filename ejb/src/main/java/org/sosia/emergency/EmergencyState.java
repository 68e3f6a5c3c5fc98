package org.sosia.emergency;

/** Where a plea stands. */
public enum EmergencyState {
    /** Too few trustees have answered. */
    WAITING,
    /** Enough have: the records are open to the session that asked. */
    OPEN,
    /** Its time is over, or somebody ended it. */
    ENDED
}

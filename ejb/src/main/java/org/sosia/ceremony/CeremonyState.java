package org.sosia.ceremony;

/** How far a ceremony is. */
public enum CeremonyState {
    /** Members take their seats. */
    SEATING,
    /** Members of the present council pass their shares on. */
    DEALING,
    /** Members check what they were dealt, and put their shares together. */
    RECEIVING,
    /** The council is in office. */
    DONE,
    /** A dealer dealt something else than was committed to: nothing changed, and it says who. */
    FAILED,
    /** Given up: nothing changed. */
    ABANDONED;

    boolean isUnderWay() {
        return this == SEATING || this == DEALING || this == RECEIVING;
    }
}

package org.sosia.records;

/**
 * What one place holds of a record's recovery copies.
 *
 * @param place its name, one of {@link Copies#PLACES}
 * @param state what was found there
 */
public record HeldShare(String place, State state) {

    /** What was found at a place. */
    public enum State {
        /** Byte for byte the share that was written, under the newest label. */
        GOOD,
        /** The share that was written, under a label from before the record's header was last changed. */
        OUTDATED,
        /** Something else than was written. */
        ALTERED,
        /** Nothing. */
        MISSING,
        /** It could not be asked. */
        UNREACHABLE;

        /** Whether content can be had from it. */
        boolean isUsable() {
            return this == GOOD || this == OUTDATED;
        }
    }
}

package org.sosia.persistence;

/** Where a record stands between the first byte received and its deletion. */
public enum RecordState {
    /** Content is arriving; swept away when it stops arriving. */
    RECEIVING,
    /** Complete and signed, but its counterpart does not exist yet: no reader sees it. */
    SEALED,
    /** What readers see. */
    READY,
    /** Only the id remains, so that it is never given out again. */
    DELETED,
    /** No record but the second share of one; complete, and nobody has looked yet whether its record is. */
    PIECE,
    /** The second share of a record that is there. */
    BOUND
}

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
    DELETED
}

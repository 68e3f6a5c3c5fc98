package org.sosia.lane;

/** What the gate answers to a partial key. */
public enum ProofResult {
    /** The record opens. (A session that guessed too often is told so too, and is then in the twin hospital.) */
    OPENED,
    /** The check character does not fit: a slip of the pen, which counts for nothing. */
    TYPING_ERROR,
    /** The key is well formed and does not open this record. */
    REFUSED
}

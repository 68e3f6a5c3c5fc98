package org.sosia.retrieval;

/** How a record stands to the caller. */
public enum Access {
    /** Theirs: as its data owner, or as the patient it is about. */
    OWN,
    /** An owner's approval is in force; with its partial key the record opens. */
    GRANTED,
    /** The caller has asked; nobody has answered yet. */
    PENDING,
    /** Neither asked for nor granted. */
    NONE
}

package org.sosia.persistence;

/** What a cloud keeps of a grant. The names are in the stores. */
public enum GrantKind {
    /** A half that is applied to the record's header at each opening. */
    HALF,
    /** The owner's lock of one record, re-encrypted once; the key that did it was not kept. */
    LOCK
}

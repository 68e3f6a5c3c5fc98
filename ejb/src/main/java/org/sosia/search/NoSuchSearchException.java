package org.sosia.search;

import jakarta.ejb.ApplicationException;

/** The caller keeps no search of this id. */
@ApplicationException(rollback = true)
public final class NoSuchSearchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Fixed text. */
    public NoSuchSearchException() {
        super("no such saved search");
    }
}

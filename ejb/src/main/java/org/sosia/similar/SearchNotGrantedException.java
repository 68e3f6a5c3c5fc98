package org.sosia.similar;

import jakarta.ejb.ApplicationException;

/** The pruned mode was asked for, and an owner of what would be searched does not allow it. Search in the sealed mode. */
@ApplicationException
public final class SearchNotGrantedException extends Exception {

    private static final long serialVersionUID = 1L;

    SearchNotGrantedException() {
        super("the search was refused");
    }
}

package org.sosia.similar;

import jakarta.ejb.ApplicationException;

/** One of the two servers does not answer, or they could not agree on what they hold. There is no part of a result; try again. */
@ApplicationException
public final class SearchUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    SearchUnavailableException() {
        super("the search was refused");
    }
}

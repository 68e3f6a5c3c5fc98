package org.sosia.similar;

import jakarta.ejb.ApplicationException;

/** As many searches were made in the last hour as are answered, or too many are under way. Try again later. */
@ApplicationException
public final class TooManySearchesException extends Exception {

    private static final long serialVersionUID = 1L;

    TooManySearchesException() {
        super("the search was refused");
    }
}

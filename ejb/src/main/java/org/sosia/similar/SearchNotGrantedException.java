package org.sosia.similar;

import jakarta.ejb.ApplicationException;

/** The pruned mode was asked for, and an owner of what would be searched does not allow it. Search in the sealed mode. */
@ApplicationException
public final class SearchNotGrantedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int refused;
    private final int rows;

    /**
     * Made where the search is refused.
     *
     * @param refused how many of the images the caller may search do not allow the mode
     * @param rows how many images she may search
     */
    SearchNotGrantedException(int refused, int rows) {
        super("the search was refused");
        this.refused = refused;
        this.rows = rows;
    }

    /** How many of the images that the caller may search do not allow the mode. */
    public int refused() {
        return refused;
    }

    /** How many images the caller may search. */
    public int rows() {
        return rows;
    }
}

package org.sosia.crypto.equality;

/** A server refuses a search: not granted, seen before, or one too many. */
public final class SearchNotAdmittedException extends Exception {
    private static final long serialVersionUID = 1L;

    SearchNotAdmittedException() {
        super("the search is not admitted");
    }
}

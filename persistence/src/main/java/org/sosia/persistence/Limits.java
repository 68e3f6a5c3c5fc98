package org.sosia.persistence;

/** How much one page may ask for. */
final class Limits {

    /** A page of this many headers stays below 10 MB. */
    static final int MAX = 1_000;

    static void check(int limit) {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("a page holds 1 to 1000 rows");
        }
    }

    private Limits() {}
}

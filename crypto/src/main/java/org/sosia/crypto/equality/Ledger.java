package org.sosia.crypto.equality;

/**
 * What one server knows about searches: who may search whose words, which searches there have been, how many somebody has left today. Each server has its own
 * and asks it before it touches a search; over a database, in a transaction of its own.
 */
@FunctionalInterface
public interface Ledger {
    /**
     * Admits a search once.
     *
     * @param search whose words, who, and the search's id, which is remembered for ever
     * @param tests how many words it is tested against
     * @return false if it is not granted, was seen before, or is one too many
     */
    boolean admit(Context search, int tests);
}

package org.sosia.crypto.keywords;

import java.util.UUID;

/**
 * Who may search and change whose keywords, as one server knows it. Each server has its own list and asks it in every call, so a revocation at one of
 * them is enough, and at once.
 */
@FunctionalInterface
public interface KeywordGrants {
    /** What somebody wants to do. */
    enum Right {
        /** Evaluate the function, read counters and entries. */
        SEARCH,
        /** Besides that, add entries and advance counters. */
        UPDATE
    }

    /**
     * Decides.
     *
     * @param owner whose keywords
     * @param caller who wants it, authenticated by the server
     * @param right what
     * @return whether it is allowed now
     */
    boolean allow(UUID owner, String caller, Right right);
}

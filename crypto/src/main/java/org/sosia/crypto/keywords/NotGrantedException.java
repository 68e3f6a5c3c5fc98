package org.sosia.crypto.keywords;

/** A server refuses: the caller has no grant for this owner's keywords, or only one to search. The owner can grant it. */
public final class NotGrantedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One text for every refusal. */
    public NotGrantedException() {
        super("no grant for these keywords");
    }
}

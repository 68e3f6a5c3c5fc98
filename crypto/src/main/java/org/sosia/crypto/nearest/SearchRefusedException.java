package org.sosia.crypto.nearest;

import java.util.Locale;

/**
 * A server does not answer. There is never a part of a result: either both servers answer or the user gets this. The token that was
 * presented is spent in any case, unless it was unknown.
 */
public final class SearchRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; both servers see to it that the other one stops for the same reason. */
    public enum Reason {
        /** The token was used before, or never reached this server. Take another. */
        TOKEN_SPENT_OR_UNKNOWN,
        /** Rows were added for which the token has no randomness. Ask the key authority for a supplement or a newer token. */
        TOKEN_OUTDATED,
        /** The selection needed more comparisons than were dealt, which is improbable. Take another token. */
        TOKEN_EXHAUSTED,
        /** The request is no request, or wants more than the token or the collection allows. */
        MALFORMED,
        /** The request wants distances or the pruned mode, and this caller may not have them. */
        NOT_GRANTED,
        /** The two servers would not search the same rows for the same request; one of them missed a change or a grant. */
        SERVERS_DISAGREE,
        /** The other server does not answer, or breaks the protocol. */
        PEER_UNAVAILABLE
    }

    /** Why. */
    private final Reason reason;

    SearchRefusedException(Reason reason) {
        super("the search was refused: "
                + reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        this.reason = reason;
    }

    SearchRefusedException(Reason reason, Throwable cause) {
        this(reason);
        initCause(cause);
    }

    /**
     * Tells why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}

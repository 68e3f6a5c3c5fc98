package org.sosia.persistence;

import java.util.Arrays;
import java.util.Optional;
import org.sosia.crypto.nearest.SearchRefusedException;

/** A server refuses a search. Its token is spent, unless it was unknown. */
public final class GalleryRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** The token was used before, or never dealt. */
        TOKEN_SPENT_OR_UNKNOWN(0),
        /** This person used as many tokens in the last hour as are given out. */
        TOO_MANY(1),
        /** The rows, or what is wanted about them, are not this person's to search. */
        NOT_GRANTED(2),
        /** The two servers do not hold the same; another try, or reconciling them, may help. */
        DISAGREE(3),
        /** The other server does not answer. */
        UNAVAILABLE(4),
        /** The request is none. */
        MALFORMED(5);

        /** On the wire. */
        final int code;

        Why(int code) {
            this.code = code;
        }

        static Optional<Why> of(int code) {
            return Arrays.stream(values()).filter(why -> why.code == code).findFirst();
        }
    }

    /** Why. */
    private final Why why;

    GalleryRefusedException(Why why) {
        super("the search was refused: " + why);
        this.why = why;
    }

    GalleryRefusedException(SearchRefusedException refused) {
        this(why(refused.reason()));
        initCause(refused);
    }

    private static Why why(SearchRefusedException.Reason reason) {
        return switch (reason) {
            case TOKEN_SPENT_OR_UNKNOWN -> Why.TOKEN_SPENT_OR_UNKNOWN;
            case TOKEN_OUTDATED, TOKEN_EXHAUSTED, SERVERS_DISAGREE -> Why.DISAGREE;
            case MALFORMED -> Why.MALFORMED;
            case NOT_GRANTED -> Why.NOT_GRANTED;
            case PEER_UNAVAILABLE -> Why.UNAVAILABLE;
        };
    }

    /** Tells why. */
    public Why why() {
        return why;
    }
}

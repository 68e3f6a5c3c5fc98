package org.sosia.identity;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/** The caller's proof is too weak or too old for what it asks: sign in again with the second factor. */
@ApplicationException(rollback = true)
public final class StepUpRequiredException extends Exception {
    private final Duration maxAge;

    /** Refuses; {@code maxAge} is the oldest proof that would do. */
    public StepUpRequiredException(Duration maxAge) {
        super("a fresh proof is needed");
        this.maxAge = maxAge;
    }

    /** The oldest proof that would do. */
    public Duration maxAge() {
        return maxAge;
    }
}

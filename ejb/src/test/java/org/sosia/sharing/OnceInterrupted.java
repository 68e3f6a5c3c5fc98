package org.sosia.sharing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.function.Executable;

/** A clock that lets somebody else act just before it is looked at for the first time: what two threads do by chance. */
final class OnceInterrupted extends Clock {
    private final Clock clock;
    private final Executable somebodyElse;
    private boolean interrupted;

    OnceInterrupted(Clock clock, Executable somebodyElse) {
        this.clock = clock;
        this.somebodyElse = somebodyElse;
    }

    @Override
    public Instant instant() {
        if (!interrupted) {
            interrupted = true;
            try {
                somebodyElse.execute();
            } catch (Throwable failed) {
                throw new IllegalStateException(failed);
            }
        }
        return clock.instant();
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

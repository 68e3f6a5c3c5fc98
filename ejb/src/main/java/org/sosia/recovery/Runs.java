package org.sosia.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sosia.records.Progress;

/**
 * The recoveries under way on this node, and how those of the last while ended. Nothing hangs on it: whoever asks a node that was
 * started anew begins again, and is soon where she was.
 */
@ApplicationScoped
class Runs {

    /** More than people can watch at once. */
    private static final int MOST = 1_000;

    private final Map<String, Run> known = new ConcurrentHashMap<>();

    /** One recovery. */
    static final class Run {
        private final Progress progress = new Progress();
        private volatile @Nullable RecoveryState ended;

        Progress progress() {
            return progress;
        }

        void end(RecoveryState how) {
            ended = how;
        }

        RecoveryState state() {
            RecoveryState how = ended;
            return how == null ? RecoveryState.running(progress.percent()) : how;
        }
    }

    /** A new one, unless one of the same is under way. */
    synchronized Optional<Run> begin(String which) {
        Run there = known.get(which);
        if (there != null && there.ended == null) {
            return Optional.empty();
        }
        if (known.size() >= MOST) {
            known.values().removeIf(run -> run.ended != null);
        }
        Run run = new Run();
        known.put(which, run);
        return Optional.of(run);
    }

    Optional<RecoveryState> state(String which) {
        return Optional.ofNullable(known.get(which)).map(Run::state);
    }
}

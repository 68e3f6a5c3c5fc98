package org.sosia.crypto.nearest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.sosia.crypto.secret.SecretBytes;

/** The rows of one server through time: the latest snapshot and some before it, because the other server may be some changes behind. */
final class Gallery {
    private static final int KEPT_SNAPSHOTS = 16;

    private final Prg[] masks;
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();

    Gallery(Shape shape, SecretBytes maskKey) {
        masks = Arrays.stream(Part.of(shape)).map(part -> part.masks(maskKey)).toArray(Prg[]::new);
        snapshots.add(Snapshot.empty(shape));
    }

    synchronized Snapshot latest() {
        return snapshots.getLast();
    }

    synchronized Optional<Snapshot> at(long epoch) {
        return snapshots.stream().filter(snapshot -> snapshot.epoch == epoch).findFirst();
    }

    /** False if the change was made before. */
    boolean apply(Change change) {
        synchronized (masks) {
            Snapshot before = latest();
            if (change.epoch() < 1 || (before.epoch > 0 && change.epoch() > before.epoch + 1)) {
                throw new IllegalArgumentException("a change is missing");
            }
            if (change.epoch() <= before.epoch) {
                return false;
            }
            Snapshot after = before.with(change, masks);
            synchronized (this) {
                snapshots.add(after);
                if (snapshots.size() > KEPT_SNAPSHOTS) {
                    snapshots.removeFirst();
                }
            }
            return true;
        }
    }
}

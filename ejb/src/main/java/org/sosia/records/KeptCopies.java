package org.sosia.records;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.splitting.SplitReceipt;

/** What the places hold of the copies of one record, of one attempt to make them. */
final class KeptCopies {

    private static final UUID NO_ATTEMPT = new UUID(0, 0);

    /** What one place holds. */
    record Found(HeldShare.State state, @Nullable Label label) {}

    private final UUID attempt;
    private final List<Found> found = new ArrayList<>();
    private int newestAt = -1;

    KeptCopies(UUID attempt) {
        this.attempt = attempt;
    }

    static KeptCopies none() {
        return new KeptCopies(NO_ATTEMPT);
    }

    boolean isNone() {
        return attempt.equals(NO_ATTEMPT);
    }

    UUID attempt() {
        return attempt;
    }

    void add(int number, Found what) {
        found.add(number, what);
    }

    /** The newest label counts: one from before is told apart from it, one of something else is no label of these copies. */
    void agree() {
        int revision = found.stream().mapToInt(KeptCopies::revision).max().orElse(-1);
        newestAt = IntStream.range(0, found.size())
                .filter(i -> found.get(i).label() != null && revision(found.get(i)) == revision)
                .findFirst()
                .orElse(-1);
        Label best = newest().orElse(null);
        if (best != null) {
            byte[] receipt = best.receipt().encode();
            found.replaceAll(each -> {
                Label label = each.label();
                if (label == null) {
                    return each;
                }
                boolean same = label.row().id().equals(best.row().id())
                        && label.attempt().equals(attempt)
                        && Arrays.equals(label.receipt().encode(), receipt);
                HeldShare.State state = !same
                        ? HeldShare.State.ALTERED
                        : revision(each) == revision ? HeldShare.State.GOOD : HeldShare.State.OUTDATED;
                return new Found(state, label);
            });
        }
    }

    private static int revision(Found each) {
        try {
            Label label = each.label();
            return label == null ? -1 : label.revision();
        } catch (GeneralSecurityException malformed) {
            return -1;
        }
    }

    void found(int number, HeldShare.State state) {
        found.set(number, new Found(state, found.get(number).label()));
    }

    HeldShare.State state(int number) {
        return isNone() ? HeldShare.State.MISSING : found.get(number).state();
    }

    /** What the newest label says, whatever became of its share. */
    Optional<Label> newest() {
        return newestAt < 0
                ? Optional.empty()
                : Optional.ofNullable(found.get(newestAt).label());
    }

    Optional<SplitReceipt> receipt() {
        return newest().map(Label::receipt);
    }

    int usable() {
        return (int) found.stream().filter(each -> each.state().isUsable()).count();
    }

    /** The places whose shares are read when content is made from them. */
    List<Integer> firstUsable(int count) {
        return IntStream.range(0, found.size())
                .filter(i -> state(i).isUsable())
                .limit(count)
                .boxed()
                .toList();
    }

    /** The place whose label is believed. */
    int teller() {
        return newestAt;
    }

    List<HeldShare> held() {
        return IntStream.range(0, Copies.PLACES.size())
                .mapToObj(i -> new HeldShare(Copies.PLACES.get(i), state(i)))
                .toList();
    }
}

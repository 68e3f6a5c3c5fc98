package org.sosia.recovery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.records.HeldShare;

/**
 * How far a recovery is, or how it ended.
 *
 * @param phase where it stands
 * @param percent how much of the known work is done
 * @param receipt what was done, once it is
 * @param places what each place held, where that is why it could not be done
 */
public record RecoveryState(
        Phase phase, int percent, @Nullable RestorationReceipt receipt, List<HeldShare> places) {

    private static final int WHOLE = 100;

    /** Where a recovery stands. */
    public enum Phase {
        RUNNING,
        DONE,
        TOO_FEW_COPIES,
        ABSENT,
        FAILED
    }

    static RecoveryState running(int percent) {
        return new RecoveryState(Phase.RUNNING, percent, null, List.of());
    }

    static RecoveryState done(RestorationReceipt receipt) {
        return new RecoveryState(Phase.DONE, WHOLE, receipt, List.of());
    }

    static RecoveryState tooFew(List<HeldShare> places) {
        return new RecoveryState(Phase.TOO_FEW_COPIES, WHOLE, null, places);
    }

    /** Nothing was done, for want of the record or for another reason. */
    static RecoveryState ended(Phase why) {
        return new RecoveryState(why, WHOLE, null, List.of());
    }
}

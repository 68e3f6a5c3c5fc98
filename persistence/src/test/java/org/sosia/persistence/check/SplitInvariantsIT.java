package org.sosia.persistence.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SampleHospital;
import org.sosia.persistence.SampleHospital.SplitRecord;
import org.sosia.persistence.TwoStores;
import org.sosia.persistence.check.Violation.Name;

/** Damages one thing in a pair of stores that share records, and reads what the checker says. */
class SplitInvariantsIT {

    /** Three rows a share. */
    private static final int BYTES = 1_200_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital REAL = new SampleHospital();
    private static final SampleHospital TWIN = new SampleHospital();

    private SplitRecord original;
    private SplitRecord twin;

    @BeforeEach
    void aSplitRecordAndItsSplitDouble() throws Exception {
        STORES.original().keepCertificate(REAL.certificate());
        STORES.duplicate().keepCertificate(TWIN.certificate());
        UUID id = UUID.randomUUID();
        original = REAL.keepSplit(STORES.original(), STORES.duplicate(), id, BYTES, RecordState.SEALED);
        twin = TWIN.keepSplit(STORES.duplicate(), STORES.duplicate(), id, BYTES, RecordState.READY);
        STORES.original().markReady(id);
        STORES.duplicate().bindPiece(original.hidden().id());
        STORES.tamper(STORES.atB(), "UPDATE item SET updated_at = now() WHERE state = 'PIECE'");
    }

    private static List<Violation> violations() throws Exception {
        return new InvariantChecker().check(STORES.atA(), STORES.atB(), null);
    }

    private static String flip(int at, UUID id) {
        return "UPDATE part SET body = set_byte(body, " + at + ", get_byte(body, " + at + ") # 1) WHERE seq = 1"
                + " AND item_id = '" + id + "'";
    }

    @Test
    void soundStoresViolateNothing() throws Exception {
        assertThat(violations()).isEmpty();
    }

    @Test
    void aFlippedBitOfEitherShareIsFound() throws Exception {
        Violation found = new Violation(
                Name.CONTENT_DIGEST_MISMATCH, "A+B", original.row().id(), 0);
        STORES.tamper(STORES.atA(), flip(77, original.row().id()));
        assertThat(violations()).containsExactly(found);
        STORES.tamper(STORES.atA(), flip(77, original.row().id()));
        assertThat(violations()).isEmpty();
        STORES.tamper(STORES.atB(), flip(78, original.hidden().id()));
        assertThat(violations()).containsExactly(found);
    }

    @Test
    void aFlippedBitOfAHeadIsFound() throws Exception {
        STORES.tamper(STORES.atB(), flip(3, original.hidden().id()).replace("seq = 1", "seq = 0"));
        assertThat(violations())
                .containsExactly(new Violation(
                        Name.CONTENT_DIGEST_MISMATCH, "A+B", original.row().id(), 0));
    }

    @Test
    void aLostSecondShareIsFoundByName() throws Exception {
        STORES.duplicate().dropPiece(original.hidden().id());
        assertThat(violations())
                .containsExactly(
                        new Violation(Name.PIECE_MISSING, "B", original.row().id(), 0));
    }

    @Test
    void theSecondShareOfADoubleIsMissedByCount() throws Exception {
        STORES.duplicate().dropPiece(twin.hidden().id());
        assertThat(violations()).containsExactly(new Violation(Name.PIECE_MISSING, "B", null, 0));
    }

    @Test
    void aLostRowOfAShareIsFound() throws Exception {
        STORES.tamper(
                STORES.atA(),
                "DELETE FROM part WHERE seq = 1 AND item_id = '"
                        + original.row().id() + "'");
        assertThat(violations())
                .contains(new Violation(
                        Name.CONTENT_INCOMPLETE, "A", original.row().id(), 0));
        STORES.tamper(
                STORES.atB(),
                "DELETE FROM part WHERE seq = 2 AND item_id = '" + twin.hidden().id() + "'");
        assertThat(violations())
                .contains(new Violation(
                        Name.CONTENT_INCOMPLETE, "B", twin.hidden().id(), 0));
    }

    @Test
    void aSecondShareThatNobodySettledIsFound() throws Exception {
        STORES.tamper(STORES.atB(), "UPDATE item SET updated_at = now() - interval '2 days' WHERE state = 'PIECE'");
        assertThat(violations())
                .containsExactly(
                        new Violation(Name.STALE_UPLOAD, "B", twin.hidden().id(), 0));
    }

    @Test
    void whatWasDeletedIsNotMissed() throws Exception {
        STORES.original().deleteRecord(original.row().id(), SampleHospital.event("DELETE"), List.of());
        assertThat(violations()).isEmpty();
        STORES.duplicate().dropPiece(original.hidden().id());
        STORES.duplicate().deleteRecord(twin.row().id(), SampleHospital.event("DELETE"), List.of());
        STORES.duplicate().dropPiece(twin.hidden().id());
        assertThat(violations()).isEmpty();
    }
}

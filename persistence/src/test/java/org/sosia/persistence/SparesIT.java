package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.policy.Attribute;

/** What was lost of a record or a share is put back, and only that. */
class SparesIT {

    /** Two groups and a short row. */
    private static final int BYTES = 2 * Spares.REPAIR_BYTES + 1_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital HOSPITAL = new SampleHospital();

    private final OriginalCloud a = STORES.original();
    private UUID id = new UUID(0, 0);
    private SealedRecord record;
    private byte[] content = new byte[0];

    @BeforeEach
    void aRecordIsThere() throws Exception {
        a.keepCertificate(HOSPITAL.certificate());
        id = UUID.randomUUID();
        record = HOSPITAL.keep(a, id, BYTES, RecordState.READY);
        content = stored();
    }

    private byte[] stored() throws Exception {
        try (InputStream bytes = a.content(id).read(0, Long.MAX_VALUE)) {
            return bytes.readAllBytes();
        }
    }

    private int repair() {
        int rows = 0;
        for (int from = 0; from < content.length; from += Spares.REPAIR_BYTES) {
            int to = Math.min(content.length, from + Spares.REPAIR_BYTES);
            rows += a.repair(id, from, Arrays.copyOfRange(content, from, to), to == content.length);
        }
        return rows;
    }

    private static void tamper(String statement, UUID id) {
        STORES.tamper(STORES.atA(), statement.replace("ID", "'" + id + "'"));
    }

    @Test
    void onlyRowsThatAreNotAsTheyShouldBeArePutBack() throws Exception {
        assertThat(repair()).isZero();
        tamper("DELETE FROM part WHERE item_id = ID AND seq = 3", id);
        tamper("UPDATE part SET body = set_byte(body, 9, get_byte(body, 9) # 1) WHERE item_id = ID AND seq = 20", id);
        tamper("UPDATE part SET body = '' WHERE item_id = ID AND seq = 0", id);
        tamper("INSERT INTO part SELECT ID, 99, body FROM part WHERE item_id = ID AND seq = 5", id);

        assertThat(repair()).isEqualTo(3);

        assertThat(stored()).isEqualTo(content);
        assertThat(repair()).isZero();
    }

    @Test
    void whatIsArrivingOrDeletedIsNotTouched() {
        SealedRecord receiving = SampleHospital.receiving();
        a.beginRecord(receiving);
        assertThatThrownBy(() -> a.repair(receiving.id(), 0, new byte[1], true))
                .isInstanceOf(StoreConflictException.class);
        a.deleteRecord(id, SampleHospital.event("DELETE"), List.of());
        assertThatThrownBy(() -> a.repair(id, 0, new byte[1], true)).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> a.restoreRecord(record, SampleHospital.event("RESTORE")))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void aRowThatWasLostComesBackOnceItsContentIsThere() throws Exception {
        tamper("DELETE FROM item WHERE id = ID", id);
        tamper("DELETE FROM part WHERE item_id = ID AND seq > 1", id);
        assertThatThrownBy(() -> a.restoreRecord(record, SampleHospital.event("RESTORE")))
                .isInstanceOf(StoreConflictException.class);
        repair();

        assertThat(a.restoreRecord(record, SampleHospital.event("RESTORE"))).isPositive();

        assertThat(a.record(id).orElseThrow().header()).isEqualTo(record.header());
        assertThat(stored()).isEqualTo(content);
        assertThat(a.auditEntries(0, 10)).extracting(AuditEntry::action).contains("RESTORE");
        assertThat(a.recordsNaming(Attribute.parse("role:doctor"), 2, null, 10))
                .extracting(NamingRecord::id)
                .contains(id);
    }

    @Test
    void aRowUnderAnOlderHeaderIsRefused() throws Exception {
        byte[] next = HOSPITAL.inIssues(record.header(), attribute -> attribute.inEpoch(2));
        a.replaceHeader(id, Headers.sha256(record.header()), next, SampleHospital.event("POLICY"));

        assertThatThrownBy(() -> a.restoreRecord(record, SampleHospital.event("RESTORE")))
                .isInstanceOf(StoreConflictException.class);

        assertThat(a.record(id).orElseThrow().header()).isEqualTo(next);
    }

    @Test
    void aRowUnderAForgedHeaderIsRefused() throws Exception {
        tamper("DELETE FROM item WHERE id = ID", id);
        SealedRecord forged = new SampleHospital().keep(STORES.duplicate(), id, BYTES, RecordState.READY);

        assertThatThrownBy(() -> a.restoreRecord(forged, SampleHospital.event("RESTORE")))
                .isInstanceOf(RefusedHeaderException.class);
    }

    @Test
    void aShareComesBackBoundAndARecordIsNoShare() {
        UUID share = UUID.randomUUID();
        SealedRecord piece =
                SealedRecord.receivingPiece(share, SampleHospital.NOW).arrived(5, new byte[] {1});
        assertThatThrownBy(() -> a.restorePiece(piece)).isInstanceOf(StoreConflictException.class);
        assertThat(a.repair(share, 0, new byte[5], true)).isEqualTo(1);

        a.restorePiece(piece);

        assertThat(a.recordInAnyState(share).orElseThrow().state()).isEqualTo(RecordState.BOUND);
        SealedRecord overRecord =
                SealedRecord.receivingPiece(id, SampleHospital.NOW).arrived(content.length, new byte[] {1});
        assertThatThrownBy(() -> a.restorePiece(overRecord)).isInstanceOf(StoreConflictException.class);
    }

    @Test
    void copiesAreStaleUntilTheyTellOfTheNewestHeader() throws Exception {
        assertThat(a.spare(id)).isEmpty();
        a.keepSpare(new Spare(id, UUID.randomUUID(), new byte[] {1}, new byte[] {2, 3}));
        assertThat(a.staleSpares(10)).containsExactly(id);
        a.freshSpare(id, new byte[32]);
        assertThat(a.staleSpares(10)).containsExactly(id);
        a.freshSpare(id, Headers.sha256(record.header()));
        assertThat(a.staleSpares(10)).isEmpty();

        byte[] next = HOSPITAL.inIssues(record.header(), attribute -> attribute.inEpoch(2));
        a.replaceHeader(id, Headers.sha256(record.header()), next, SampleHospital.event("POLICY"));
        assertThat(a.staleSpares(10)).containsExactly(id);

        Spare kept = a.spare(id).orElseThrow();
        assertThat(kept.receipt()).containsExactly(1);
        assertThat(kept.links()).containsExactly(2, 3);
        a.dropSpare(id);
        assertThat(a.spare(id)).isEmpty();
        assertThat(a.staleSpares(10)).isEmpty();
    }
}

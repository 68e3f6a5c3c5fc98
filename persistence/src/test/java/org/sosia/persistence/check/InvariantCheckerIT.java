package org.sosia.persistence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.policy.Attribute;
import org.sosia.persistence.PatientState;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SampleHospital;
import org.sosia.persistence.SealedPatient;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.TwoStores;
import org.sosia.persistence.check.Violation.Name;

/** Damages one thing in a sound pair of stores and reads what the checker says. */
class InvariantCheckerIT {

    /** Five rows. */
    private static final int BYTES = 1_200_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital REAL = new SampleHospital();
    private static final SampleHospital TWIN = new SampleHospital();

    private final UUID record = UUID.randomUUID();

    @BeforeEach
    void twoSoundStores() throws Exception {
        STORES.original().keepCertificate(REAL.certificate());
        STORES.duplicate().keepCertificate(TWIN.certificate());
        both(record);
        both(UUID.randomUUID());
        // What an intruder uploaded is at B only, and what waits for its double at A only: both are sound.
        TWIN.keep(STORES.duplicate(), UUID.randomUUID(), 100, RecordState.READY);
        REAL.keep(STORES.original(), UUID.randomUUID(), 100, RecordState.SEALED);
        STORES.original().beginRecord(SampleHospital.receiving());
        STORES.tamper(STORES.atA(), "UPDATE item SET updated_at = now() WHERE state = 'RECEIVING'");
    }

    private static void both(UUID id) throws Exception {
        REAL.keep(STORES.original(), id, BYTES, RecordState.SEALED);
        TWIN.keep(STORES.duplicate(), id, BYTES, RecordState.READY);
        STORES.original().markReady(id);
    }

    @Test
    void soundStoresViolateNothing() throws Exception {
        assertThat(violations()).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------------------------
    // I1

    @Test
    void aFlippedBitIsFoundInEitherStore() throws Exception {
        String flip = "UPDATE part SET body = set_byte(body, 77, get_byte(body, 77) # 1) WHERE seq = 3 AND item_id = '"
                + record + "'";
        STORES.tamper(STORES.atA(), flip);
        assertThat(violations()).containsExactly(new Violation(Name.CONTENT_DIGEST_MISMATCH, "A", record, 0));
        STORES.tamper(STORES.atB(), flip);
        assertThat(violations())
                .containsExactly(
                        new Violation(Name.CONTENT_DIGEST_MISMATCH, "A", record, 0),
                        new Violation(Name.CONTENT_DIGEST_MISMATCH, "B", record, 0));
    }

    @Test
    void aDroppedChunkIsFound() throws Exception {
        STORES.tamper(STORES.atA(), "DELETE FROM part WHERE seq = 3 AND item_id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.CONTENT_INCOMPLETE, "A", record, 0));
    }

    @Test
    void aDroppedLastChunkIsFound() throws Exception {
        STORES.tamper(
                STORES.atB(),
                "DELETE FROM part WHERE item_id = '" + record
                        + "' AND seq = (SELECT max(seq) FROM part WHERE item_id = '" + record + "')");
        assertThat(violations()).containsExactly(new Violation(Name.CONTENT_INCOMPLETE, "B", record, 0));
    }

    @Test
    void aTruncatedChunkIsFound() throws Exception {
        STORES.tamper(
                STORES.atA(), "UPDATE part SET body = substr(body, 2) WHERE seq = 0 AND item_id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.CONTENT_INCOMPLETE, "A", record, 0));
    }

    @Test
    void swappedChunksAreFound() throws Exception {
        STORES.tamper(
                STORES.atA(), "UPDATE part SET seq = -1 - seq WHERE seq IN (1, 2) AND item_id = '" + record + "'");
        STORES.tamper(STORES.atA(), "UPDATE part SET seq = 4 + seq WHERE seq < 0 AND item_id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.CONTENT_DIGEST_MISMATCH, "A", record, 0));
    }

    @Test
    void aHeaderOfAnotherRecordIsFound() throws Exception {
        UUID other = UUID.randomUUID();
        both(other);
        STORES.tamper(
                STORES.atA(),
                "UPDATE item SET header = (SELECT header FROM item WHERE id = '" + other + "') WHERE id = '" + record
                        + "'");
        assertThat(violations()).containsExactly(new Violation(Name.HEADER_REFUSED, "A", record, 0));
    }

    @Test
    void aFlippedHeaderIsFound() throws Exception {
        STORES.tamper(
                STORES.atA(),
                "UPDATE item SET header = set_byte(header, length(header) - 1, get_byte(header, length(header) - 1) # 1)"
                        + " WHERE id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.HEADER_REFUSED, "A", record, 0));
    }

    @Test
    void changedMetadataAreFound() throws Exception {
        STORES.tamper(STORES.atA(), "UPDATE item SET metadata = '\\x09' WHERE id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.METADATA_DIGEST_MISMATCH, "A", record, 0));
    }

    @Test
    void aCertificateFromOutsideOutweighsTheOneKeptAtTheStore() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(TWIN.certificate()));

        assertThat(new InvariantChecker().check(STORES.atA(), STORES.atB(), certificate))
                .extracting(Violation::name, Violation::store)
                .containsOnly(tuple(Name.HEADER_REFUSED, "A"));
    }

    // ----------------------------------------------------------------------------------------------------------------
    // I2

    @Test
    void aVisibleRecordWithoutItsDoubleIsFound() throws Exception {
        STORES.duplicate().deleteRecord(record, SampleHospital.event("DELETE"), List.of());
        assertThat(violations()).containsExactly(new Violation(Name.DOUBLE_MISSING, "B", record, 0));
    }

    @Test
    void aVisibleRecordWhoseDoubleIsNotVisibleIsFound() throws Exception {
        STORES.tamper(STORES.atB(), "UPDATE item SET state = 'SEALED' WHERE id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.DOUBLE_MISSING, "B", record, 0));
    }

    @Test
    void aRecordDeletedAtAButNotYetAtBIsSound() throws Exception {
        STORES.original().deleteRecord(record, SampleHospital.event("DELETE"), List.of());
        assertThat(violations()).isEmpty();
    }

    @Test
    void aVisiblePatientWithoutATwinIsFound() throws Exception {
        UUID id = UUID.randomUUID();
        SealedPatient patient = new SealedPatient(
                id, "olga", PatientState.READY, 1, SampleHospital.NOW, SampleHospital.NOW, new byte[1], new byte[1]);
        STORES.original().savePatient(patient, SampleHospital.event("REGISTER"), List.of());
        assertThat(violations()).containsExactly(new Violation(Name.TWIN_MISSING, "B", id, 0));

        STORES.duplicate().savePatient(patient, SampleHospital.event("REGISTER"), List.of());
        assertThat(violations()).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------------------------
    // I3

    @Test
    void aHalfVisibleRecordIsFound() throws Exception {
        STORES.tamper(STORES.atA(), "UPDATE item SET header = '' WHERE id = '" + record + "'");
        assertThat(violations()).containsExactly(new Violation(Name.HALF_VISIBLE, "A", record, 0));
    }

    @Test
    void contentWithoutARecordIsFound() throws Exception {
        UUID nobody = UUID.randomUUID();
        STORES.tamper(STORES.atB(), "INSERT INTO part VALUES ('" + nobody + "', 0, 'x')");
        assertThat(violations()).containsExactly(new Violation(Name.ORPHANED_CONTENT, "B", nobody, 0));
    }

    @Test
    void contentOfADeletedRecordIsFound() throws Exception {
        SealedRecord gone = TWIN.keep(STORES.duplicate(), UUID.randomUUID(), 100, RecordState.READY);
        STORES.tamper(STORES.atB(), "UPDATE item SET state = 'DELETED' WHERE id = '" + gone.id() + "'");
        assertThat(violations()).containsExactly(new Violation(Name.ORPHANED_CONTENT, "B", gone.id(), 0));
    }

    @Test
    void anUploadLeftBehindIsFound() throws Exception {
        SealedRecord left = SampleHospital.receiving();
        STORES.original().beginRecord(left);
        STORES.tamper(
                STORES.atA(),
                "UPDATE item SET updated_at = now() - CASE WHEN id = '" + left.id()
                        + "' THEN interval '3 hours' ELSE interval '1 hour' END WHERE state = 'RECEIVING'");

        assertThat(new InvariantChecker(Duration.ofHours(2)).check(STORES.atA(), STORES.atB(), null))
                .containsExactly(new Violation(Name.STALE_UPLOAD, "A", left.id(), 0));
        assertThat(new InvariantChecker(Duration.ofHours(4)).check(STORES.atA(), STORES.atB(), null))
                .isEmpty();
    }

    // ----------------------------------------------------------------------------------------------------------------
    // I4

    @Test
    void anAlteredEntryIsFound() throws Exception {
        STORES.tamper(STORES.atA(), "UPDATE entry SET actor = 'nobody' WHERE seq = 2");
        assertThat(violations()).containsExactly(new Violation(Name.AUDIT_ENTRY_ALTERED, "A", null, 2));
    }

    @Test
    void aDroppedEntryIsFound() throws Exception {
        STORES.tamper(STORES.atA(), "DELETE FROM entry WHERE seq = 2");
        assertThat(violations()).containsExactly(new Violation(Name.AUDIT_GAP, "A", null, 2));
    }

    @Test
    void entriesCutOffAtTheEndAreFound() throws Exception {
        STORES.original().audit(SampleHospital.event("UNWRAP"));
        STORES.original().audit(SampleHospital.event("UNWRAP"));
        STORES.tamper(STORES.atA(), "DELETE FROM entry WHERE seq > 3");
        assertThat(violations()).containsExactly(new Violation(Name.AUDIT_GAP, "A", null, 4));
    }

    @Test
    void anEntryRewrittenWithAFreshHashBreaksTheChain() throws Exception {
        STORES.tamper(
                STORES.atB(),
                "UPDATE entry SET hash = decode(repeat('11', 32), 'hex') WHERE seq = 1;"
                        + "UPDATE entry SET previous = decode(repeat('22', 32), 'hex') WHERE seq = 2");
        assertThat(violations())
                .contains(
                        new Violation(Name.AUDIT_ENTRY_ALTERED, "B", null, 1),
                        new Violation(Name.AUDIT_CHAIN_BROKEN, "B", null, 2));
    }

    @Test
    void aLostTipIsFound() throws Exception {
        STORES.original().audit(SampleHospital.event("UNWRAP"));
        STORES.tamper(STORES.atA(), "UPDATE tip SET hash = decode(repeat('11', 32), 'hex')");
        assertThat(violations()).containsExactly(new Violation(Name.AUDIT_CHAIN_BROKEN, "A", null, 4));
    }

    // ------------------------------------------------------------------------------------------------------ lost
    // attributes

    @Test
    void aKeyThatHoldsWhatItsPersonLostIsFound() throws Exception {
        byte[] whole = REAL.keysOf("role:doctor", "department:cardiology")
                .transformKey()
                .encode();
        STORES.duplicate().keepTransformKey("1", "dora", REAL.parameters().digest(), whole);
        STORES.duplicate()
                .dropAttribute(
                        List.of("1"), "dora", Attribute.of("department", "cardiology"), SampleHospital.event("DROP"));
        assertThat(violations()).isEmpty();

        try (var connection = STORES.atB().getConnection();
                var put = connection.prepareStatement("UPDATE lever SET encoded = ?")) {
            put.setBytes(1, whole);
            put.executeUpdate();
        }
        assertThat(violations()).extracting(Violation::name).containsExactly(Name.LOST_ATTRIBUTE_HELD);
    }

    @Test
    void aRecordThatNamesARetiredIssueIsFound() throws Exception {
        STORES.tamper(
                STORES.atA(),
                "INSERT INTO issue (name, oldest, newest, next) VALUES ('department:cardiology', 2, 2, 2)");
        assertThat(violations())
                .contains(new Violation(Name.RETIRED_ISSUE_NAMED, "A", record, 0))
                .allMatch(found -> found.invariant().equals("I5"));
    }

    /** As when somebody puts back a header that he kept, past the cloud that would refuse it. */
    @Test
    void aRecordUnderAClosedEpochIsFound() throws Exception {
        try (var connection = STORES.atA().getConnection();
                var put = connection.prepareStatement("INSERT INTO bygone (whose, basis) VALUES ('own', ?)")) {
            put.setBytes(1, REAL.parameters().digest());
            put.executeUpdate();
        }
        assertThat(violations())
                .contains(new Violation(Name.CLOSED_EPOCH_NAMED, "A", record, 0))
                .allMatch(found -> found.invariant().equals("I5"));
    }

    // ------------------------------------------------------------------------------------------------------------------

    @Test
    void aViolationNamesInvariantStoreAndIdAndNothingElse() {
        assertThat(new Violation(Name.DOUBLE_MISSING, "B", record, 0)).hasToString("I2 DOUBLE_MISSING at B " + record);
        assertThat(new Violation(Name.AUDIT_GAP, "A", null, 7)).hasToString("I4 AUDIT_GAP at A #7");
    }

    private static List<Violation> violations() throws Exception {
        return new InvariantChecker().check(STORES.atA(), STORES.atB(), null);
    }
}

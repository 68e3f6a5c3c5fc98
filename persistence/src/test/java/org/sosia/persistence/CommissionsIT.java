package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Keys that several authorities have to agree on, at a real database, and how a database from before learned of them. */
class CommissionsIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final String PERSON = "dora";

    private final OriginalCloud a = STORES.original();

    private Commission placed(String subject, int second) {
        Commission commission = Commission.waiting(
                UUID.randomUUID(), subject, "KEY", SampleHospital.NOW.plusSeconds(second), new byte[] {(byte) second});
        a.placeCommission(commission);
        return commission;
    }

    private void give(Commission commission, String giver, int part) {
        a.addCommissionPart(
                commission.id(),
                new CommissionPart(giver, SampleHospital.NOW.plusSeconds(part), new byte[] {(byte) part}),
                Headers.sha256(new byte[] {(byte) part}),
                SampleHospital.event("PART"));
    }

    private List<String> givers(Commission commission) {
        return a.commissionParts(commission.id()).stream()
                .map(CommissionPart::giver)
                .toList();
    }

    // ---------------------------------------------------------------------------------------------------------
    // migration

    /** A store of the version before: its own tables, and a record in them. */
    private static PGSimpleDataSource storeFromBefore() throws SQLException {
        String name = "older" + UUID.randomUUID().toString().substring(0, 8);
        PGSimpleDataSource of = (PGSimpleDataSource) STORES.atA();
        execute(of, "CREATE DATABASE " + name);
        PGSimpleDataSource older = new PGSimpleDataSource();
        older.setPortNumbers(of.getPortNumbers());
        older.setDatabaseName(name);
        older.setUser("postgres");
        Flyway.configure()
                .dataSource(older)
                .locations("classpath:db/migration")
                .table("version")
                .target("45")
                .load()
                .migrate();
        execute(
                older,
                "INSERT INTO item (id, subject_id, owner, version, state, created_at, updated_at, sealed_bytes, metadata, header, attempt)"
                        + " VALUES (gen_random_uuid(), gen_random_uuid(), 'olga', 1, 'READY', now(), now(), 3, 'm', 'h', gen_random_uuid())");
        return older;
    }

    private static void execute(PGSimpleDataSource store, String statement) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private static long count(PGSimpleDataSource store, String query) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aStoreFromBeforeGetsTheTablesAndKeepsWhatItHas() throws Exception {
        PGSimpleDataSource older = storeFromBefore();
        assertThat(count(older, "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'commission%'"))
                .isZero();

        Schema.migrate(older);
        Schema.migrate(older);

        assertThat(count(older, "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'commission%'"))
                .isEqualTo(3);
        assertThat(count(older, "SELECT count(*) FROM version WHERE version = '50' AND success"))
                .isEqualTo(1);
        assertThat(count(older, "SELECT count(*) FROM item WHERE owner = 'olga' AND split IS NULL"))
                .isEqualTo(1);
        OriginalCloud migrated = LocalCloud.original(older).cloud();
        Commission commission =
                Commission.waiting(UUID.randomUUID(), PERSON, "KEY", SampleHospital.NOW, new byte[] {1});
        migrated.placeCommission(commission);
        assertThat(migrated.waitingCommissions()).isEqualTo(1);
        assertThatThrownBy(() -> execute(
                        older,
                        "INSERT INTO commission (id, subject, kind, state, created_at, sealed)"
                                + " VALUES (gen_random_uuid(), 'dora', 'KEY', 'WAITING', now(), 's')"))
                .as("of one person one waits, whoever writes")
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute(older, "UPDATE commission SET state = 'LOST'"))
                .as("no other states")
                .isInstanceOf(SQLException.class);
    }

    // -----------------------------------------------------------------------------------------------------------
    // waiting

    @Test
    void ofOnePersonOneWaitsAndWhatWasGivenForTheOtherIsForgotten() {
        Commission first = placed(PERSON, 1);
        give(first, "kim", 1);
        Commission second = placed(PERSON, 2);
        Commission other = placed("derek", 3);

        assertThat(a.commission(first.id()).orElseThrow().state()).isEqualTo(CommissionState.REPLACED);
        assertThat(givers(first)).isEmpty();
        assertThat(a.waitingCommissions()).isEqualTo(2);
        assertThat(a.commissions(null, CommissionState.WAITING, 10))
                .extracting(Commission::id)
                .containsExactly(other.id(), second.id());
        assertThat(a.commissions(PERSON, null, 10)).extracting(Commission::id).containsExactly(second.id(), first.id());
    }

    @Test
    void eachAuthorityGivesOnceAndAPartCountsOnceForWhatever() {
        Commission commission = placed(PERSON, 1);
        Commission other = placed("derek", 2);
        give(commission, "kim", 1);

        assertThatThrownBy(() -> give(commission, "kim", 2)).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> give(commission, "kai", 1)).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> give(other, "kim", 1)).isInstanceOf(StoreConflictException.class);
        give(commission, "kai", 3);

        assertThat(givers(commission)).containsExactly("kim", "kai");
    }

    /** What is refused leaves nothing: the part that came second was not spent by the attempt. */
    @Test
    void aRefusedPartCanBeGivenWhereItIsWanted() {
        Commission commission = placed(PERSON, 1);
        Commission other = placed("derek", 2);
        give(commission, "kim", 1);
        assertThatThrownBy(() -> give(commission, "kim", 2)).isInstanceOf(StoreConflictException.class);

        give(other, "kim", 2);

        assertThat(givers(other)).containsExactly("kim");
    }

    @Test
    void aPartThatProvedWrongMakesRoomAndIsNotTakenAgain() {
        Commission commission = placed(PERSON, 1);
        give(commission, "kim", 1);

        a.rejectCommissionPart(commission.id(), "kim", SampleHospital.event("REJECT"));

        assertThat(givers(commission)).isEmpty();
        assertThatThrownBy(() -> give(commission, "kim", 1)).isInstanceOf(StoreConflictException.class);
        give(commission, "kim", 2);
        assertThat(givers(commission)).containsExactly("kim");
    }

    @Test
    void aDecisionIsTakenOnceAndEndsTheGiving() {
        Commission commission = placed(PERSON, 1);
        give(commission, "kim", 1);
        long entry = a.decideCommission(
                commission.id(),
                CommissionState.ISSUED,
                SampleHospital.NOW.plusSeconds(9),
                new byte[] {9},
                SampleHospital.event("ISSUE"));

        Commission decided = a.commission(commission.id()).orElseThrow();
        assertThat(decided.state()).isEqualTo(CommissionState.ISSUED);
        assertThat(decided.decidedAt()).isEqualTo(SampleHospital.NOW.plusSeconds(9));
        assertThat(decided.sealed()).containsExactly(9);
        assertThat(givers(commission)).isEmpty();
        assertThat(a.auditEntries(entry - 1, 1)).extracting(AuditEntry::action).containsExactly("ISSUE");
        assertThatThrownBy(() -> give(commission, "kai", 2)).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> a.decideCommission(
                        commission.id(),
                        CommissionState.REFUSED,
                        SampleHospital.NOW,
                        new byte[] {1},
                        SampleHospital.event("REFUSE")))
                .isInstanceOf(StoreConflictException.class);
        assertThat(a.waitingCommissions()).isZero();
    }
}

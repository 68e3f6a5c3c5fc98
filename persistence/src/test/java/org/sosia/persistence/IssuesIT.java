package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;

/** Issues of attributes, the records that name them, what persons lost, and long work, on real servers. */
class IssuesIT {

    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final String KIND = "issue";

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital REAL = new SampleHospital();
    private static final byte[] PARAMETERS = REAL.parameters().digest();

    private final OriginalCloud cloud = STORES.original();
    private final DuplicateCloud mediator = STORES.duplicate();
    private final Person dora = person(new byte[] {1});

    @BeforeEach
    void certificates() throws Exception {
        cloud.keepCertificate(REAL.certificate());
        cloud.savePerson(dora, SampleHospital.event("ENROL"));
    }

    private static Person person(byte[] sealed) {
        return new Person("dora", PersonState.APPROVED, Instant.now().truncatedTo(ChronoUnit.MICROS), sealed);
    }

    private static Job job() {
        return Job.begun(KIND, "department:cardiology", 1, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private Job begun() {
        return cloud.beginIssue(CARDIOLOGY, dora, person(new byte[] {2}), job(), SampleHospital.event("WITHDRAW"));
    }

    private List<UUID> records(int count) throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            REAL.keep(cloud, id, 10, RecordState.READY);
            ids.add(id);
        }
        return ids;
    }

    private static Attribute second(Attribute attribute) {
        return attribute.equals(CARDIOLOGY) ? attribute.inEpoch(2) : attribute;
    }

    private int rewrap(Job job, int most) throws Exception {
        List<NamingRecord> naming = cloud.recordsNaming(CARDIOLOGY, 2, null, most);
        List<NamingRecord.Rewrapped> headers = new ArrayList<>();
        for (NamingRecord record : naming) {
            headers.add(record.with(REAL.inIssues(record.header(), IssuesIT::second)));
        }
        return cloud.replaceHeaders(headers, job.advanced("", headers.size(), Duration.ofMillis(1)));
    }

    // ------------------------------------------------------------------------------------------- which records name
    // what

    @Test
    void whatARecordNamesIsNotedWithItsHeader() throws Exception {
        List<UUID> ids = records(3);

        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isEqualTo(3);
        assertThat(cloud.countNaming(CARDIOLOGY, 1)).isZero();
        assertThat(cloud.countNaming(Attribute.of("department", "oncology"), 2)).isZero();
        cloud.deleteRecord(ids.get(0), SampleHospital.event("DELETE"), List.of());
        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isEqualTo(2);
    }

    @Test
    void theyArePagedById() throws Exception {
        List<UUID> ids = records(5);
        List<UUID> met = new ArrayList<>();
        @Nullable UUID after = null;
        List<NamingRecord> page;
        do {
            page = cloud.recordsNaming(CARDIOLOGY, 2, after, 2);
            for (NamingRecord record : page) {
                met.add(record.id());
                after = record.id();
            }
        } while (!page.isEmpty());

        assertThat(met).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    }

    @Test
    void recordsFromBeforeThisWasNotedAreNotedLater() throws Exception {
        records(3);
        STORES.tamper(STORES.atA(), "DELETE FROM term; UPDATE item SET listed = false");
        begun();
        cloud.introduceIssue(CARDIOLOGY, 2);

        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isZero();
        assertThat(cloud.retireIssues(CARDIOLOGY, 2))
                .as("it is not known of all what they name")
                .isFalse();
        assertThat(cloud.listTerms(2)).isEqualTo(2);
        assertThat(cloud.listTerms(2)).isEqualTo(1);
        assertThat(cloud.listTerms(2)).isZero();
        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isEqualTo(3);
    }

    // ------------------------------------------------------------------------------------------------------------
    // issues

    @Test
    void anIssueBeginsWithThePersonWhoLostTheAttributeOrNotAtAll() {
        Job begun = begun();

        assertThat(begun.epoch()).isEqualTo(2);
        assertThat(cloud.person("dora").orElseThrow().sealed()).containsExactly(2);
        assertThat(cloud.issues()).containsExactly(new Issue(CARDIOLOGY, 1, 1, 2));
        assertThat(cloud.job(begun.id())).isPresent();

        assertThatThrownBy(() -> cloud.beginIssue(
                        CARDIOLOGY, dora, person(new byte[] {3}), job(), SampleHospital.event("WITHDRAW")))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.issues()).containsExactly(new Issue(CARDIOLOGY, 1, 1, 2));
        assertThat(cloud.jobs(KIND, 10)).hasSize(1);
    }

    @Test
    void anIssueIsRetiredOnlyWhenNoRecordNamesIt() throws Exception {
        records(2);
        Job job = cloud.leaseJob(begunKind()).orElseThrow();
        cloud.introduceIssue(CARDIOLOGY, 2);
        assertThat(cloud.retireIssues(CARDIOLOGY, 2)).isFalse();

        assertThat(rewrap(job, 10)).isEqualTo(2);
        assertThat(cloud.retireIssues(CARDIOLOGY, 2)).isTrue();
        assertThat(cloud.issues()).containsExactly(new Issue(CARDIOLOGY, 2, 2, 2));
    }

    private String begunKind() {
        return begun().kind();
    }

    @Test
    void aRecordThatNamesARetiredIssueIsNotTakenIn() throws Exception {
        begun();
        cloud.introduceIssue(CARDIOLOGY, 2);
        assertThat(cloud.retireIssues(CARDIOLOGY, 2)).isTrue();

        assertThatThrownBy(() -> records(1)).isInstanceOf(RefusedHeaderException.class);
    }

    @Test
    void onlyTheHeaderIsReplacedAndOnlyIfItIsTheOneThatWasRead() throws Exception {
        UUID id = records(1).get(0);
        SealedRecord before = cloud.record(id).orElseThrow();
        Job job = cloud.leaseJob(begunKind()).orElseThrow();
        NamingRecord.Rewrapped late = cloud.recordsNaming(CARDIOLOGY, 2, null, 1)
                .get(0)
                .with(REAL.inIssues(before.header(), IssuesIT::second));
        assertThat(rewrap(job, 1)).isEqualTo(1);

        SealedRecord after = cloud.record(id).orElseThrow();
        assertThat(after).usingRecursiveComparison().ignoringFields("header").isEqualTo(before);
        assertThat(Header.decode(after.header()).policy().attributes()).contains(CARDIOLOGY.inEpoch(2));
        assertThat(cloud.replaceHeaders(List.of(late), job)).isZero();
        assertThat(cloud.record(id).orElseThrow().header()).isEqualTo(after.header());
    }

    @Test
    void aHeaderOfAnotherHospitalIsRefusedAndNothingOfThePieceIsKept() throws Exception {
        records(2);
        Job job = cloud.leaseJob(begunKind()).orElseThrow();
        List<NamingRecord> naming = cloud.recordsNaming(CARDIOLOGY, 2, null, 10);
        NamingRecord first = naming.get(0);
        NamingRecord other = naming.get(1);

        assertThatThrownBy(() -> cloud.replaceHeaders(
                        List.of(
                                first.with(REAL.inIssues(first.header(), IssuesIT::second)),
                                other.with(REAL.inIssues(first.header(), IssuesIT::second))),
                        job.advanced("x", 2, Duration.ofMillis(1))))
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isEqualTo(2);
        assertThat(cloud.job(job.id()).orElseThrow().done()).isZero();
    }

    // ------------------------------------------------------------------------------------------------------ a crash

    @Test
    void aPieceThatTheServerCutOffIsDoneAgainAndNoneIsLostOrDoneTwice() throws Exception {
        records(12);
        Job job = cloud.leaseJob(begunKind()).orElseThrow();
        assertThat(rewrap(job, 4)).isEqualTo(4);
        Job four = cloud.job(job.id()).orElseThrow();
        assertThat(four.done()).isEqualTo(4);

        // The last record of the piece is locked, so that the server meets the piece half-way, and cuts it off there.
        UUID last = cloud.recordsNaming(CARDIOLOGY, 2, null, 4).get(3).id();
        try (var holder = STORES.atA().getConnection();
                var lock = holder.prepareStatement("SELECT id FROM item WHERE id = ? FOR UPDATE")) {
            holder.setAutoCommit(false);
            lock.setObject(1, last);
            lock.executeQuery();
            KilledSoon.during(
                    STORES.atA(),
                    "%metadata, attempt FROM item WHERE id%",
                    () -> assertThatThrownBy(() -> rewrap(four, 4)).isInstanceOf(RuntimeException.class));
            holder.rollback();
        }
        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isEqualTo(8);
        assertThat(cloud.job(job.id()).orElseThrow().done()).isEqualTo(4);

        Job again = four;
        while (rewrap(again, 4) > 0) {
            again = cloud.job(job.id()).orElseThrow();
        }
        assertThat(again.done()).isEqualTo(12);
        assertThat(cloud.countNaming(CARDIOLOGY, 2)).isZero();
    }

    // ------------------------------------------------------------------------------------------------------------
    // leases

    @Test
    void oneWorkerHasAJobAndAnotherGetsItWhenTheLeaseEnds() {
        begun();
        Job mine = cloud.leaseJob(KIND).orElseThrow();
        assertThat(cloud.leaseJob(KIND)).isEmpty();

        STORES.tamper(STORES.atA(), "UPDATE job SET lease = now() - interval '1 second'");
        Job theirs = cloud.leaseJob(KIND).orElseThrow();

        assertThat(theirs.id()).isEqualTo(mine.id());
        assertThatThrownBy(() -> cloud.keepJob(mine.advanced("a", 1, Duration.ZERO)))
                .isInstanceOf(StoreConflictException.class);
        cloud.keepJob(theirs.advanced("b", 1, Duration.ZERO));
        assertThat(cloud.job(mine.id()).orElseThrow().reached()).isEqualTo("b");
    }

    @Test
    void aStoppedJobRefusesItsWorkerAndGoesOnLater() {
        begun();
        Job leased = cloud.leaseJob(KIND).orElseThrow();
        cloud.setJobState(leased.id(), JobState.STOPPED, SampleHospital.event("STOP"));

        assertThatThrownBy(() -> cloud.keepJob(leased)).isInstanceOf(StoreConflictException.class);
        assertThat(cloud.leaseJob(KIND)).isEmpty();
        cloud.setJobState(leased.id(), JobState.RUNNING, SampleHospital.event("RESUME"));
        Job again = cloud.leaseJob(KIND).orElseThrow();
        cloud.keepJob(again.finished());
        assertThat(cloud.setJobState(leased.id(), JobState.RUNNING, SampleHospital.event("RESUME"))
                        .orElseThrow()
                        .state())
                .isEqualTo(JobState.DONE);
    }

    /** Or whatever waits for somebody would keep all that was begun later waiting with it. */
    @Test
    void whatIsHeldUpComesAfterTheOthers() {
        Job first = Job.begun("turns", "first", 1, SampleHospital.NOW);
        Job second = Job.begun("turns", "second", 1, SampleHospital.NOW.plusSeconds(1));
        cloud.beginJob(first, SampleHospital.event("BEGIN"));
        cloud.beginJob(second, SampleHospital.event("BEGIN"));
        Job leased = cloud.leaseJob("turns").orElseThrow();
        assertThat(leased.id()).isEqualTo(first.id());
        cloud.keepJob(leased.heldUp("waits"));
        cloud.releaseJob(leased);

        Job other = cloud.leaseJob("turns").orElseThrow();
        assertThat(other.id()).isEqualTo(second.id());
        cloud.keepJob(other.finished());
        assertThat(cloud.leaseJob("turns").orElseThrow().id()).isEqualTo(first.id());
    }

    // --------------------------------------------------------------------------------------------------- what was lost

    @Test
    void whatIsDroppedIsGoneInEveryIssueAndStaysGone() throws Exception {
        byte[] key = REAL.keysOf("role:doctor", "department:cardiology", "department:cardiology@2")
                .transformKey()
                .encode();
        mediator.keepTransformKey("1", "dora", PARAMETERS, key);
        long first = mediator.dropAttribute(List.of("1", "2"), "dora", CARDIOLOGY, SampleHospital.event("DROP"));
        assertThat(held()).containsExactly(DOCTOR);
        assertThat(mediator.auditEntries(first - 1, 10)).hasSize(1);

        mediator.keepTransformKey("1", "dora", PARAMETERS, key);
        assertThat(held()).containsExactly(DOCTOR);
        assertThat(mediator.renewTransformKey("1", "dora", PARAMETERS, key)).isTrue();
        assertThat(held()).containsExactly(DOCTOR);

        mediator.giveBackAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("RESTORE"));
        assertThat(mediator.renewTransformKey("1", "dora", PARAMETERS, key)).isTrue();
        assertThat(held()).contains(CARDIOLOGY, CARDIOLOGY.inEpoch(2));
    }

    @Test
    void whoWasRevokedOrIsUnknownGetsNoRenewedKey() throws Exception {
        byte[] key = REAL.keysOf("role:doctor").transformKey().encode();
        assertThat(mediator.renewTransformKey("1", "dora", PARAMETERS, key)).isFalse();
        mediator.keepTransformKey("1", "dora", PARAMETERS, key);
        mediator.revoke("1", "dora");

        assertThat(mediator.renewTransformKey("1", "dora", PARAMETERS, key)).isFalse();
        assertThat(encoded()).isEmpty();
    }

    @Test
    void aKeyBeingRenewedDoesNotOutrunALoss() throws Exception {
        byte[] key = REAL.keysOf("role:doctor", "department:cardiology")
                .transformKey()
                .encode();
        mediator.keepTransformKey("1", "dora", PARAMETERS, key);
        var workers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                Future<?> renewing = workers.submit(() -> mediator.renewTransformKey("1", "dora", PARAMETERS, key));
                Future<?> losing = workers.submit(
                        () -> mediator.dropAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("DROP")));
                renewing.get();
                losing.get();
                assertThat(held()).as("round %s", round).containsExactly(DOCTOR);
                mediator.giveBackAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("RESTORE"));
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private Set<Attribute> held() throws Exception {
        return TransformKey.decode(encoded()).attributes();
    }

    private byte[] encoded() throws Exception {
        try (var connection = STORES.atB().getConnection();
                var select = connection.createStatement();
                var row = select.executeQuery("SELECT encoded FROM lever WHERE realm = '1' AND subject = 'dora'")) {
            row.next();
            return row.getBytes(1);
        }
    }
}

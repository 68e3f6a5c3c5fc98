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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;

/** Records and transform keys under two master keys, the second of which takes the first one's place, on real servers. */
class BasesIT {
    private static final String KIND = "key";
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital OLD = new SampleHospital();
    private static final SampleHospital NEXT = new SampleHospital();
    private static final byte[] BEFORE = OLD.parameters().digest();
    private static final byte[] AFTER = NEXT.parameters().digest();

    private final OriginalCloud cloud = STORES.original();
    private final DuplicateCloud mediator = STORES.duplicate();

    @BeforeEach
    void certificates() throws Exception {
        cloud.keepCertificate(OLD.certificate());
        mediator.keepCertificate("1", OLD.certificate());
    }

    private static byte[] key(SampleHospital under) throws Exception {
        return under.keysOf("role:doctor", "department:cardiology")
                .transformKey()
                .encode();
    }

    private SealedRecord record() throws Exception {
        return OLD.keep(cloud, UUID.randomUUID(), 10, RecordState.READY);
    }

    private Job job() {
        Job job = Job.begun(KIND, "master-key", 2, Instant.now().truncatedTo(ChronoUnit.MICROS));
        cloud.beginJob(job, SampleHospital.event("ROTATE"));
        return job;
    }

    private int lead(int most) throws Exception {
        List<NamingRecord.Rewrapped> headers = new ArrayList<>();
        for (NamingRecord each : cloud.recordsUnder(BEFORE, null, most)) {
            headers.add(each.with(OLD.under(NEXT, each.header())));
        }
        return cloud.replaceHeaders(headers, job().advanced("", headers.size(), Duration.ofMillis(1)));
    }

    private byte[] header(UUID record) {
        return cloud.record(record).orElseThrow().header();
    }

    // -------------------------------------------------------------------------------------------------------- records

    @Test
    void whatARecordIsUnderIsNotedAndFollowsItsHeader() throws Exception {
        SealedRecord first = record();
        SealedRecord second = record();
        record();
        assertThat(cloud.countUnder(BEFORE)).isEqualTo(3);
        assertThat(cloud.countUnder(AFTER)).isZero();

        assertThat(lead(2)).isEqualTo(2);
        assertThat(cloud.countUnder(BEFORE)).isEqualTo(1);
        assertThat(cloud.countUnder(AFTER)).isEqualTo(2);
        assertThat(lead(2)).isEqualTo(1);
        cloud.deleteRecord(first.id(), SampleHospital.event("DELETE"), List.of());
        assertThat(cloud.countUnder(AFTER)).isEqualTo(2);
        assertThat(header(second.id())).isNotEqualTo(second.header());
        assertThat(Header.decode(header(second.id())).parametersDigest()).isEqualTo(AFTER);
    }

    @Test
    void theyArePagedById() throws Exception {
        List<UUID> all = List.of(record().id(), record().id(), record().id());
        List<UUID> met = new ArrayList<>();
        @Nullable UUID after = null;
        for (List<NamingRecord> page = cloud.recordsUnder(BEFORE, null, 2);
                !page.isEmpty();
                page = cloud.recordsUnder(BEFORE, after, 2)) {
            page.forEach(each -> met.add(each.id()));
            after = met.get(met.size() - 1);
        }
        assertThat(met).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
    }

    @Test
    void parametersAreClosedOnlyWhenNothingIsUnderThem() throws Exception {
        SealedRecord old = record();
        assertThat(cloud.closeParameters(BEFORE)).isFalse();
        lead(10);
        STORES.tamper(STORES.atA(), "UPDATE item SET listed = false");
        assertThat(cloud.closeParameters(BEFORE))
                .as("it is not known of all what they are under")
                .isFalse();
        assertThat(cloud.listTerms(10)).isEqualTo(1);
        assertThat(cloud.closeParameters(BEFORE)).isTrue();
        assertThat(cloud.closeParameters(BEFORE)).as("again").isTrue();

        assertThatThrownBy(this::record).isInstanceOf(RefusedHeaderException.class);
        byte[] now = header(old.id());
        assertThatThrownBy(() -> cloud.replaceHeader(
                        old.id(), Header.decode(now).digest(), old.header(), SampleHospital.event("REPLAY")))
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(header(old.id())).isEqualTo(now);
    }

    /** Whoever commits a record at the same moment is either waited for, or refused. */
    @Test
    void nothingSlipsThroughWhileTheyAreClosed() throws Exception {
        var workers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> uploads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                uploads.add(workers.submit(this::record));
            }
            boolean closed = cloud.closeParameters(BEFORE);
            int refused = 0;
            for (Future<?> upload : uploads) {
                try {
                    upload.get();
                } catch (ExecutionException failed) {
                    assertThat(failed).hasCauseInstanceOf(RefusedHeaderException.class);
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(closed ? 12 : 0);
            assertThat(cloud.countUnder(BEFORE)).isEqualTo(12L - refused);
        } finally {
            workers.shutdownNow();
        }
    }

    // ----------------------------------------------------------------------------------------------------------- keys

    @Test
    void thereIsAKeyForEachMasterKeyAndTheHeaderSaysWhich() throws Exception {
        SealedRecord old = record();
        byte[] next = OLD.under(NEXT, old.header());
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        assertThat(mediator.transform("1", "dora", old.header())).isPresent();
        assertThat(mediator.transform("1", "dora", next))
                .as("no key for these yet")
                .isEmpty();

        assertThat(mediator.renewTransformKey("1", "dora", AFTER, key(NEXT))).isTrue();
        assertThat(mediator.transform("1", "dora", old.header())).isPresent();
        assertThat(mediator.transform("1", "dora", next)).isPresent();

        mediator.closeParameters("1", BEFORE);
        mediator.closeParameters("1", BEFORE);
        assertThatThrownBy(() -> mediator.transform("1", "dora", old.header()))
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(mediator.transform("1", "dora", next)).isPresent();
        assertThat(mediator.renewTransformKey("1", "dora", BEFORE, key(OLD))).isTrue();
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        assertThat(keys()).as("nothing is kept under what is closed").hasSize(1);
        assertThat(mediator.renewTransformKey("2", "dora", BEFORE, key(OLD)))
                .as("of another realm nothing was closed, and nothing there")
                .isFalse();
    }

    /** Kept before keys were told apart: it fits what there was, and gets its name before there is anything else. */
    @Test
    void aKeyWithoutANameIsForWhatThereWas() throws Exception {
        SealedRecord old = record();
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        STORES.tamper(STORES.atB(), "UPDATE lever SET basis = ''");
        assertThat(mediator.transform("1", "dora", old.header())).isPresent();

        mediator.nameTransformKeys("1", BEFORE);
        mediator.nameTransformKeys("1", BEFORE);
        assertThat(mediator.transform("1", "dora", old.header())).isPresent();
        assertThat(mediator.transform("1", "dora", OLD.under(NEXT, old.header())))
                .isEmpty();
        mediator.closeParameters("1", BEFORE);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aKeyWithoutANameGivesWayToItsRenewal() throws Exception {
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        STORES.tamper(STORES.atB(), "UPDATE lever SET basis = ''");
        assertThat(mediator.renewTransformKey("1", "dora", BEFORE, key(OLD))).isTrue();
        assertThat(keys()).hasSize(1);
        mediator.nameTransformKeys("1", BEFORE);
        assertThat(keys()).hasSize(1);
    }

    @Test
    void whatIsLostIsLostUnderBoth() throws Exception {
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        mediator.dropAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("DROP"));
        mediator.renewTransformKey("1", "dora", AFTER, key(NEXT));
        assertThat(attributes()).hasSize(2).allMatch(held -> !held.contains(CARDIOLOGY));

        mediator.giveBackAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("RESTORE"));
        mediator.renewTransformKey("1", "dora", BEFORE, key(OLD));
        mediator.renewTransformKey("1", "dora", AFTER, key(NEXT));
        assertThat(attributes()).hasSize(2).allMatch(held -> held.contains(CARDIOLOGY));
        mediator.dropAttribute(List.of("1"), "dora", CARDIOLOGY, SampleHospital.event("DROP"));
        assertThat(attributes()).hasSize(2).allMatch(held -> !held.contains(CARDIOLOGY));
    }

    @Test
    void whoIsRefusedIsRefusedUnderBoth() throws Exception {
        SealedRecord old = record();
        mediator.keepTransformKey("1", "dora", BEFORE, key(OLD));
        mediator.keepTransformKey("1", "dora", AFTER, key(NEXT));
        mediator.revoke("1", "dora");
        assertThat(mediator.transform("1", "dora", old.header())).isEmpty();
        assertThat(mediator.transform("1", "dora", OLD.under(NEXT, old.header())))
                .isEmpty();
        assertThat(mediator.renewTransformKey("1", "dora", AFTER, key(NEXT))).isFalse();
        mediator.nameTransformKeys("1", BEFORE);
        assertThat(mediator.renewTransformKey("1", "dora", BEFORE, key(OLD))).isFalse();

        mediator.keepTransformKey("1", "dora", AFTER, key(NEXT));
        assertThat(mediator.transform("1", "dora", old.header())).isEmpty();
        assertThat(keys()).hasSize(1);
    }

    private static List<byte[]> keys() throws Exception {
        List<byte[]> keys = new ArrayList<>();
        try (var connection = STORES.atB().getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("SELECT encoded FROM lever WHERE realm = '1' AND subject = 'dora'")) {
            while (rows.next()) {
                keys.add(rows.getBytes(1));
            }
        }
        return keys;
    }

    private static List<Set<Attribute>> attributes() throws Exception {
        List<Set<Attribute>> held = new ArrayList<>();
        for (byte[] encoded : keys()) {
            held.add(TransformKey.decode(encoded).attributes());
        }
        return held;
    }
}

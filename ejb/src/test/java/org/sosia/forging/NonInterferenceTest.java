package org.sosia.forging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.records.Sensitivity;

/** A double is made from its order and from nothing else, once. */
class NonInterferenceTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials low = hospital.low(TestHospital.OWNER, "data-owner");

    @Test
    void anOrderSaysTheSameAfterItWasWrittenDown() throws Exception {
        DecoySpec spec = new DecoySpec(
                UUID.randomUUID(),
                1,
                UUID.randomUUID(),
                RecordKind.NOTE,
                "text/plain",
                "",
                1_000,
                LocalDate.of(2026, 3, 14),
                Locale.UK);
        DoubleOrder order =
                new DoubleOrder(spec, "olga", AccessPolicy.parse(TestHospital.POLICY), Sensitivity.HIGH, Instant.EPOCH);

        DoubleOrder read = DoubleOrder.of(order.fields());

        assertThat(read.spec()).isEqualTo(spec);
        assertThat(read.policy().toText()).isEqualTo(TestHospital.POLICY);
        assertThat(read.owner()).isEqualTo("olga");
        assertThat(read.sensitivity()).isEqualTo(Sensitivity.HIGH);
    }

    @Test
    void noWordOfTheOriginalIsInItsDouble() throws Exception {
        UUID patient = records.patient(owner, TestHospital.PATIENT);
        byte[] original = "Zebrafish xylophagous quokka syndrome of Asha Rao.\n"
                .repeat(40)
                .getBytes(UTF_8);
        UUID record = records.record(owner, patient, original);

        String twin = new String(records.read(low, record, null), UTF_8);

        assertThat(twin).doesNotContain("Zebrafish", "xylophagous", "quokka", "Asha", "Rao.");
    }

    @Test
    void theDoublesSizeLiesInTheOriginalsBucket() throws Exception {
        UUID patient = records.patient(owner, TestHospital.PATIENT);
        UUID record = records.record(
                owner, patient, new String(new char[20_000]).replace('\0', 'x').getBytes(UTF_8));

        long sealedHere = hospital.a.record(record).orElseThrow().sealedBytes();
        long sealedThere = hospital.b.record(record).orElseThrow().sealedBytes();

        assertThat(sealedThere).isEqualTo(sealedHere);
    }

    @Test
    void anOrderCarriedOutTwiceChangesNothing() throws Exception {
        UUID patient = records.patient(owner, TestHospital.PATIENT);
        hospital.a.failing = "markReady";
        UUID record = records.record(owner, patient, "x".getBytes(UTF_8));
        byte[] header = hospital.b.record(record).orElseThrow().header();
        hospital.a.failing = null;

        hospital.clock.pass(Duration.ofMinutes(1));
        Later.workOff(hospital);
        Later.workOff(hospital);

        assertThat(hospital.b.record(record).orElseThrow().header()).isEqualTo(header);
        assertThat(hospital.a.record(record)).isPresent();
    }

    @Test
    void ordersTellTheOperatorOfCloudANothing() throws Exception {
        hospital.b.away = true;
        UUID patient = records.patient(owner, TestHospital.PATIENT);
        records.record(owner, patient, "x".getBytes(UTF_8));

        String dump = new String(hospital.a.dump(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(hospital.a.pendingTasks())
                .as("the patient's, the record's, its words'")
                .isEqualTo(3);
        assertThat(dump).doesNotContain("\"spec\"").doesNotContain("text/plain").doesNotContain("chest");
    }
}

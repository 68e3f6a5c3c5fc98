package org.sosia.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.alerts.Alerts;
import org.sosia.alerts.IncidentView;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.Computed;
import org.sosia.sharing.Approval;
import org.sosia.statements.Judgement;
import org.sosia.statements.StatementView;
import org.sosia.statements.Statements;

/**
 * A cloud answers an opening with something else than it was asked for. The doctor's key is right, yet nothing opens: without more she
 * would be counted as a guesser and, after some tries, deceived. So a cloud has to sign what it answers; an answer without its
 * signature is not used, an answer that fails is computed again, and what the cloud signed is evidence for others.
 */
class LyingCloudsAttackTest {
    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final byte[] original = "Chest X-ray without findings.\n".getBytes(UTF_8);
    private Credentials desk = doctor;
    private UUID record = new UUID(0, 0);
    private String key = "";
    private UUID grant = record;

    @BeforeEach
    void aRecordIsGranted() throws Exception {
        hospital.enrol("sam", "security-desk", java.util.Set.of());
        desk = hospital.proven("sam", "security-desk");
        record = records.record(owner, records.patient(owner, TestHospital.PATIENT), original);
        Approval approval = records.grant(owner, doctor, record);
        key = approval.partialKey().orElseThrow();
        grant = approval.grant();
    }

    private List<IncidentView> incidents() throws Exception {
        return hospital.signIn(desk)
                .bean(Alerts.class)
                .list(null, null, null, 10)
                .items();
    }

    private void isRefusedAndReported(String cloud) throws Exception {
        assertThatThrownBy(() -> records.read(doctor, record, key)).isInstanceOf(IntegrityException.class);
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.technique()).isEqualTo("tampering");
            assertThat(incident.cloud()).isEqualTo(cloud);
            assertThat(incident.statement()).isNotEmpty();
        });
        assertThat(hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
    }

    @Test
    void whatBothCloudsSignedIsInTheChainBeforeTheContentLeaves() throws Exception {
        assertThat(records.read(doctor, record, key)).isEqualTo(original);

        AuditEntry unwrap = hospital.a.auditEntries(0, 200).stream()
                .filter(entry -> entry.action().equals("UNWRAP"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        List<StatementView> statements =
                hospital.signIn(desk).bean(Statements.class).of(unwrap.seq());

        assertThat(statements).extracting(StatementView::work).containsExactly("transformation", "conversion");
        byte[] header = hospital.a.record(record).orElseThrow().header();
        byte[] half = hospital.a.grant(grant).orElseThrow().half();
        StatementView conversion = statements.get(1);
        assertThat(judged(conversion.statement(), conversion.certificate(), header, half))
                .isEqualTo(Judgement.RIGHT);
        assertThat(judged(conversion.statement(), conversion.certificate(), header, new byte[] {1}))
                .isEqualTo(Judgement.NOTHING);
    }

    private Judgement judged(String statement, String certificate, byte[] header, byte[] with) throws Exception {
        Base64.Decoder text = Base64.getDecoder();
        return hospital.signIn(desk)
                .bean(Statements.class)
                .check(text.decode(statement), text.decode(certificate), header, with);
    }

    @Test
    void anAnswerNobodySignedIsNotUsed() throws Exception {
        hospital.b.lie = honest -> new Computed(honest.result(), new byte[Statement.ENCODED_BYTES]);

        isRefusedAndReported("duplicate");
    }

    @Test
    void anAnswerSignedWithAnotherKeyIsNotUsed() throws Exception {
        OperatorKey another = OperatorKey.generate();
        byte[] header = hospital.a.record(record).orElseThrow().header();
        hospital.a.lie = honest -> new Computed(
                honest.result(),
                Statement.sign(Work.CONVERSION, header, new byte[0], honest.result(), hospital.clock.instant(), another)
                        .encode());

        isRefusedAndReported("original");
    }

    @Test
    void aSignedConversionOfAnotherGrantIsEvidenceAgainstCloudA() throws Exception {
        byte[] header = hospital.a.record(record).orElseThrow().header();
        byte[] half = hospital.a.grant(grant).orElseThrow().half();
        hospital.a.lie = honest -> {
            byte[] wrong = convertedWithAnotherSecret(honest.result());
            return new Computed(
                    wrong,
                    Statement.sign(Work.CONVERSION, header, half, wrong, hospital.clock.instant(), hospital.a.operator)
                            .encode());
        };

        isRefusedAndReported("original");
        String said = Objects.requireNonNull(incidents().get(0).statement());
        String certificate = Base64.getEncoder()
                .encodeToString(hospital.a.operator.certificate().getEncoded());
        assertThat(judged(said, certificate, header, half)).isEqualTo(Judgement.WRONG);
    }

    /** The masked secret at the end of a converted grant, flipped: well formed, and wrong. */
    private static byte[] convertedWithAnotherSecret(byte[] honest) {
        byte[] wrong = honest.clone();
        wrong[wrong.length - 1] ^= 1;
        return wrong;
    }

    @Test
    void aSignedTransformationThatIsWrongIsNotTheReadersWrongTry() throws Exception {
        byte[] header = hospital.a.record(record).orElseThrow().header();
        byte[] wrong = transformedForAnother(header);
        hospital.b.lie = honest -> new Computed(
                wrong,
                Statement.sign(
                                Work.TRANSFORMATION,
                                header,
                                new byte[] {1},
                                wrong,
                                hospital.clock.instant(),
                                hospital.b.operator)
                        .encode());

        isRefusedAndReported("duplicate");
        for (int tries = 0; tries < 5; tries++) {
            assertThatThrownBy(() -> records.read(doctor, record, key)).isInstanceOf(IntegrityException.class);
        }
        assertThat(hospital.b.calls).doesNotContain("recordWrongTry");

        hospital.b.lie = null;
        assertThat(records.read(doctor, record, key)).isEqualTo(original);
    }

    @Test
    void aWrongKeyBesideALyingCloudAccusesTheCloudAndNotTheReader() throws Exception {
        String foreign = CollectionKeys.generate().issueGrant().partialKey().revealText();
        byte[] header = hospital.a.record(record).orElseThrow().header();
        byte[] wrong = transformedForAnother(header);
        hospital.b.lie = honest -> new Computed(
                wrong,
                Statement.sign(
                                Work.TRANSFORMATION,
                                header,
                                new byte[] {1},
                                wrong,
                                hospital.clock.instant(),
                                hospital.b.operator)
                        .encode());

        assertThatThrownBy(() -> records.read(doctor, record, foreign)).isInstanceOf(IntegrityException.class);
        assertThat(hospital.b.calls).doesNotContain("recordWrongTry");
    }

    /** Well formed, in the group, and made with somebody else's transform key: the best lie there is. */
    private byte[] transformedForAnother(byte[] header) {
        hospital.enrol("eve", "doctor", java.util.Set.of("role:doctor", "department:cardiology"));
        return hospital.b
                .transform(hospital.real().realm(), "eve", header)
                .orElseThrow()
                .result();
    }

    @Test
    void aWrongKeyAccusesNoCloud() throws Exception {
        String foreign = CollectionKeys.generate().issueGrant().partialKey().revealText();

        records.read(doctor, record, foreign);

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.technique()).isEqualTo("wrong-partial-key");
            assertThat(incident.cloud()).isNull();
        });
    }

    @Test
    void aCloudIsHeldToTheKeysItShowed() throws Exception {
        assertThat(hospital.real().keeperKeys().encode()).isEqualTo(hospital.a.operators());
        assertThat(hospital.real().mediatorKeys().encode()).isEqualTo(hospital.b.operators("1"));
        assertThat(hospital.twin().keys().remembered("peer", () -> new byte[] {9}))
                .isEqualTo(hospital.a.operator.certificate().getEncoded());
    }

    @Test
    void aKeyThatTheCloudTookByItselfIsAcceptedFromTheOneBefore() throws Exception {
        hospital.b.renewOperator("1", 1);

        assertThat(records.read(doctor, record, key)).isEqualTo(original);
        assertThat(hospital.real().mediatorKeys().terms()).hasSize(2);
    }

    @Test
    void aKeyThatNoEarlierOneIntroducedIsNotUsed() throws Exception {
        OperatorKey own = OperatorKey.generate();
        hospital.b.plantOperators("1", OperatorHistory.beginningWith(own), own);

        isRefusedAndReported("duplicate");
    }

    /** Whoever stole the first key could introduce another second one: what was accepted once stays. */
    @Test
    void ofTwoSuccessorsOnlyTheFirstIsEverAccepted() throws Exception {
        hospital.real().renewMediator();
        OperatorKey own = OperatorKey.generate();
        OperatorKey stolen = hospital.b.operator;
        hospital.b.plantOperators(
                "1", OperatorHistory.beginningWith(stolen).followedBy(stolen, own, hospital.clock.instant()), own);

        isRefusedAndReported("duplicate");
    }

    @Test
    void theWordOfAKeyThatWasReplacedIsNoAnswerWhateverTimeItNames() throws Exception {
        Instant before = hospital.clock.instant();
        byte[] header = hospital.a.record(record).orElseThrow().header();
        hospital.real().renewMediator();
        hospital.clock.pass(Duration.ofMinutes(6));
        hospital.b.lie = honest -> new Computed(
                honest.result(),
                Statement.sign(Work.TRANSFORMATION, header, new byte[0], honest.result(), before, hospital.b.operator)
                        .encode());

        isRefusedAndReported("duplicate");
    }
}

package org.sosia.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.Digests;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.RefusedHeaderException;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.retrieval.Retrieval;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.UnheldAttributeException;

/** A record that is sealed already gets another policy, and another. */
class PoliciesTest {
    private static final String ONCOLOGY = "role:doctor and department:oncology";

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials cardiologist = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final Credentials oncologist = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private final byte[] original = "Biopsy taken.\n".getBytes(UTF_8);
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        record = records.record(owner, records.patient(owner, TestHospital.PATIENT), original);
    }

    private Policies policies(Credentials who) {
        return hospital.signIn(who).bean(Policies.class);
    }

    private String key(Credentials doctor) throws Exception {
        return records.grant(owner, doctor, record).partialKey().orElseThrow();
    }

    private SealedRecord stored() {
        return hospital.a.record(record).orElseThrow();
    }

    @Test
    void whoSatisfiesTheOldPolicyOnlyOpensNothingFromThenOn() throws Exception {
        String old = key(cardiologist);
        String late = key(oncologist);
        assertThat(records.read(cardiologist, record, old)).isEqualTo(original);
        assertThat(records.read(oncologist, record, late)).isNotEqualTo(original);

        policies(owner).update(record, ONCOLOGY);

        assertThat(records.read(cardiologist, record, old)).isNotEqualTo(original);
        assertThat(records.read(oncologist, record, late))
                .as("an approval that was given before goes on")
                .isEqualTo(original);
        assertThat(records.read(owner, record, null)).isEqualTo(original);
    }

    @Test
    void approvalsOfWhoSatisfiesBothPoliciesGoOn() throws Exception {
        String key = key(cardiologist);

        policies(owner).update(record, "role:doctor");

        assertThat(records.read(cardiologist, record, key)).isEqualTo(original);
        assertThat(hospital.signIn(owner).bean(Retrieval.class).get(record).policy())
                .isEqualTo("role:doctor");
    }

    @Test
    void theReceiptIsSignedAndTellsBothHeaders() throws Exception {
        String before = HexFormat.of().formatHex(Digests.sha256(stored().header()));

        PolicyReceipt receipt = policies(owner).update(record, ONCOLOGY);

        assertThat(receipt.before()).isEqualTo(before);
        assertThat(receipt.after()).isEqualTo(HexFormat.of().formatHex(Digests.sha256(stored().header())));
        assertThat(receipt.policy()).isEqualTo(ONCOLOGY);
        assertThat(receipt.statement().lines())
                .containsExactly(
                        "sosia-policy-1",
                        record.toString(),
                        Integer.toString(receipt.revision()),
                        receipt.before(),
                        receipt.after(),
                        receipt.policy(),
                        receipt.at().toString(),
                        Long.toString(receipt.auditSequence()));
        Base64.Decoder text = Base64.getDecoder();
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.decode(receipt.certificate()))));
        verifier.update(receipt.statement().getBytes(UTF_8));
        assertThat(verifier.verify(text.decode(receipt.signature()))).isTrue();
        assertThat(hospital.a.actionsOn(record)).endsWith("REWRAP");
    }

    @Test
    void eachChangeIsTheNextRevision() throws Exception {
        int first = policies(owner).update(record, ONCOLOGY).revision();
        byte[] sealed = stored().metadata();

        assertThat(policies(owner).update(record, TestHospital.POLICY).revision())
                .isEqualTo(first + 1);
        assertThat(stored().metadata()).isEqualTo(sealed);
        assertThat(records.read(cardiologist, record, key(cardiologist))).isEqualTo(original);
    }

    @Test
    void theTwinHospitalChangesItsOwn() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        byte[] header = stored().header();
        hospital.a.calls.clear();

        policies(low).update(record, "role:doctor");

        assertThat(hospital.a.calls).isEmpty();
        assertThat(stored().header()).isEqualTo(header);
        assertThat(hospital.signIn(low).bean(Retrieval.class).get(record).policy())
                .isEqualTo("role:doctor");
    }

    // ---------------------------------------------------------------------------------------------------- refusals

    @Test
    void onlyTheOwnerChangesIt() {
        Credentials other = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        assertThatThrownBy(() -> policies(other).update(record, ONCOLOGY)).isInstanceOf(NoSuchRecordException.class);
        assertThatThrownBy(() -> policies(owner).update(UUID.randomUUID(), ONCOLOGY))
                .isInstanceOf(NoSuchRecordException.class);
    }

    @Test
    void aPolicyNobodyCouldSatisfyIsRefusedBeforeAnythingChanges() {
        byte[] header = stored().header();

        assertThatThrownBy(() -> policies(owner).update(record, "role:doctor and"))
                .isInstanceOf(PolicyRefusedException.class);
        assertThatThrownBy(() -> policies(owner).update(record, "department:alchemy"))
                .isInstanceOf(UnheldAttributeException.class);
        assertThat(stored().header()).isEqualTo(header);
    }

    @Test
    void anOldSignInChangesNothing() {
        hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() -> policies(owner).update(record, ONCOLOGY)).isInstanceOf(StepUpRequiredException.class);
    }

    // ------------------------------------------------------------------------------------------------------ attacks

    @Test
    void anHonestCloudGoesBackNoRevision() throws Exception {
        String old = key(cardiologist);
        SealedRecord before = stored();
        policies(owner).update(record, ONCOLOGY);

        assertThatThrownBy(() -> hospital.a.replaceHeader(
                        record,
                        Digests.sha256(stored().header()),
                        before.header(),
                        hospital.real().event(owner, "REWRAP", record, java.util.Map.of())))
                .as("an honest cloud refuses a header that is not the next revision")
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(records.read(cardiologist, record, old)).isNotEqualTo(original);
    }

    @Test
    void aHeaderOfAnotherRecordOrSignerIsRefused() throws Exception {
        UUID other = records.record(owner, records.patient(owner, "x"), original);
        byte[] foreign = hospital.a.record(other).orElseThrow().header();
        var event = hospital.real().event(owner, "REWRAP", record, java.util.Map.of());
        byte[] digest = Digests.sha256(stored().header());

        assertThatThrownBy(() -> hospital.a.replaceHeader(record, digest, foreign, event))
                .isInstanceOf(RefusedHeaderException.class);
        assertThatThrownBy(() -> hospital.a.replaceHeader(record, Digests.sha256(), foreign, event))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void aTamperedHeaderIsNotSignedOver() {
        byte[] header = stored().header().clone();
        header[header.length / 2] ^= 1;
        SealedRecord row = stored();
        hospital.a.plant(new SealedRecord(
                row.id(),
                row.patient(),
                row.owner(),
                row.version(),
                row.state(),
                row.createdAt(),
                row.updatedAt(),
                row.sealedBytes(),
                row.metadata(),
                header,
                row.attempt(),
                null));

        assertThatThrownBy(() -> policies(owner).update(record, ONCOLOGY)).isInstanceOf(IntegrityException.class);
    }

    @Test
    void ofTwoChangesAtTheSameTimeOneWins() throws Exception {
        hospital.a.failing = "replaceHeader";
        assertThatThrownBy(() -> policies(owner).update(record, ONCOLOGY)).isInstanceOf(RuntimeException.class);
        hospital.a.failing = null;
        byte[] stale = Digests.sha256(stored().header());
        policies(owner).update(record, ONCOLOGY);

        assertThatThrownBy(() -> hospital.a.replaceHeader(
                        record,
                        stale,
                        stored().header(),
                        hospital.real().event(owner, "REWRAP", record, java.util.Map.of())))
                .isInstanceOf(StoreConflictException.class);
        assertThat(Set.of(stored().state().name())).containsExactly("READY");
    }
}

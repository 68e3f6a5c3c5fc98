package org.sosia.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.IncidentFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.sharing.Story;

class VerificationTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        record = story.record(story.owner, story.patient(story.owner, TestHospital.PATIENT));
    }

    private VerificationReceipt verify(Credentials who) throws Exception {
        return hospital.signIn(who).bean(Verification.class).verify(record);
    }

    @Test
    void whatIsStoredAsSignedIsIntact() throws Exception {
        VerificationReceipt receipt = verify(story.owner);

        assertThat(receipt.signatureValid()).isTrue();
        assertThat(receipt.contentIntact()).isTrue();
        assertThat(receipt.statement()).startsWith("sosia-verification-1\n" + record + "\n");
        assertThat(hospital.a
                        .auditEntries(receipt.auditSequence() - 1, 1)
                        .get(0)
                        .action())
                .isEqualTo("VERIFY");
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void thePatientMayHaveItCheckedToo() throws Exception {
        assertThat(verify(hospital.proven(TestHospital.PATIENT, "patient")).contentIntact())
                .isTrue();
    }

    @Test
    void oneFlippedBitIsFoundAndTold() throws Exception {
        hospital.a.tamperWithContent(record, 70);

        VerificationReceipt receipt = verify(story.owner);

        assertThat(receipt.signatureValid()).isTrue();
        assertThat(receipt.contentIntact()).isFalse();
        assertThat(receipt.statement()).contains("\ndamaged\n");
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.technique()).isEqualTo("tampering"));
    }

    @Test
    void contentCutShortIsFound() throws Exception {
        hospital.a.truncateContent(record, 1);

        assertThat(verify(story.owner).contentIntact()).isFalse();
    }

    @Test
    void anotherRecordsHeaderIsNoSignature() throws Exception {
        UUID other = story.record(story.owner);
        SealedRecord mine = hospital.a.record(record).orElseThrow();
        SealedRecord theirs = hospital.a.record(other).orElseThrow();
        hospital.a.plant(new SealedRecord(
                mine.id(),
                mine.patient(),
                mine.owner(),
                mine.version(),
                mine.state(),
                mine.createdAt(),
                mine.updatedAt(),
                mine.sealedBytes(),
                mine.metadata(),
                theirs.header(),
                mine.attempt(),
                null));

        VerificationReceipt receipt = verify(story.owner);

        assertThat(receipt.signatureValid()).isFalse();
        assertThat(receipt.contentIntact()).isFalse();
        assertThat(receipt.sealedDigest()).isNull();
    }
}

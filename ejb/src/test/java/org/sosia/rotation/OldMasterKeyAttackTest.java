package org.sosia.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Stolen;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.RefusedHeaderException;
import org.sosia.persistence.SealedRecord;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Handover;
import org.sosia.sharing.Story;

/**
 * Somebody took the master key. He issues himself whatever attributes he likes, and he copied all headers; nurse by trade, he even has approvals for records that his own attributes
 * do not open. Then the master key is exchanged. Each attack goes around the hospital's own checks.
 */
class OldMasterKeyAttackTest {
    private static final String NURSE = "nick";
    private static final Set<Attribute> ALL =
            Set.of(Attribute.of("role", "doctor"), Attribute.of("department", "cardiology"));

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials nurse = hospital.proven(NURSE, "doctor");
    private final RetrievalKey z = RetrievalKey.generate();
    private UUID record = new UUID(0, 0);
    private UUID grant = new UUID(0, 0);
    private PartialKey partialKey = PartialKey.random();
    private byte[] oldHeader = new byte[0];
    private byte[] content = new byte[0];
    private MasterSecretKey stolen = MasterSecretKey.generate();
    private PublicParameters old = stolen.publicParameters();

    @BeforeEach
    void theMasterKeyIsStolenWithAllHeaders() throws Exception {
        hospital.enrol("kim", "key-authority", Set.of());
        hospital.enrol(NURSE, "doctor", Set.of("role:nurse"));
        record = story.record(story.owner);
        Approval approval = approved(record);
        grant = approval.grant();
        partialKey = PartialKey.parse(approval.partialKey().orElseThrow());
        stolen = Stolen.masterKey(hospital.real().keys());
        old = stolen.publicParameters();
        oldHeader = row(record).header();
        content = hospital.a.content(record).read(0, row(record).sealedBytes()).readAllBytes();
    }

    private Approval approved(UUID of) throws Exception {
        return story.sharing(story.owner)
                .approve(story.ask(nurse, of), hospital.clock.instant().plus(Duration.ofDays(2)), Handover.SHOW);
    }

    private SealedRecord row(UUID of) {
        return hospital.a.record(of).orElseThrow();
    }

    private void exchange() throws Exception {
        Credentials kim = hospital.proven("kim", "key-authority");
        UUID job =
                hospital.signIn(kim).bean(Rotations.class).rotate("master-key").id();
        while (hospital.signIn(kim).bean(Rotations.class).job(job).state().equals("RUNNING")) {
            hospital.bean(Rotating.class).work(hospital.real(), () -> false);
            hospital.clock.pass(Succession.EVERYBODY_KNOWS);
        }
    }

    /** All attributes for himself, under the key that he took. */
    private TransformKey forged() {
        return stolen.issue(z.image(old), ALL);
    }

    private ConvertedGrant converted(UUID with, UUID of, byte[] header) throws Exception {
        return ConvertedGrant.decode(hospital.a
                .convert(with, NURSE, of, header, hospital.clock.instant())
                .orElseThrow()
                .result());
    }

    private byte[] opened(byte[] encoded, PublicParameters believed, ConvertedGrant approval, PartialKey key)
            throws Exception {
        Header header = Header.decode(encoded);
        try (OpenedEnvelope envelope = header.open(believed, header.transform(forged()), z, approval, key);
                var clear = envelope.decrypting(new ByteArrayInputStream(content))) {
            return clear.readNBytes(NOTE.length);
        }
    }

    /** The attack works as long as the key is not exchanged, or there would be nothing to refuse. */
    @Test
    void beforeTheExchangeHeOpensWhatHeHasApprovalsFor() throws Exception {
        assertThat(opened(oldHeader, old, converted(grant, record, oldHeader), partialKey))
                .isEqualTo(NOTE);
    }

    @Test
    void recordsThatFollowedDoNotOpenWithIt() throws Exception {
        exchange();
        byte[] now = row(record).header();
        PublicParameters present = hospital.real().keys().parameters();
        ConvertedGrant approval = converted(grant, record, now);

        assertThatThrownBy(() -> opened(now, present, approval, partialKey)).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void newRecordsDoNotOpenWithIt() throws Exception {
        exchange();
        UUID later = story.record(story.owner);
        Approval approval = story.sharing(hospital.proven(TestHospital.OWNER, "data-owner"))
                .approve(
                        story.sharing(hospital.proven(NURSE, "doctor"))
                                .request(later, "TREAT", "follow-up")
                                .id(),
                        hospital.clock.instant().plus(Duration.ofHours(8)),
                        Handover.SHOW);
        byte[] header = row(later).header();
        ConvertedGrant half = converted(approval.grant(), later, header);
        PartialKey key = PartialKey.parse(approval.partialKey().orElseThrow());
        PublicParameters present = hospital.real().keys().parameters();

        assertThatThrownBy(() -> opened(header, present, half, key)).isInstanceOf(WrongKeyException.class);
    }

    /** What he copied he hands to the clouds, each for its part. */
    @Test
    void noCloudDoesAnythingWithAnOldHeader() throws Exception {
        exchange();
        assertThatThrownBy(() -> converted(grant, record, oldHeader)).isInstanceOf(RefusedHeaderException.class);
        assertThatThrownBy(() -> hospital.b.transform("1", TestHospital.DOCTOR, oldHeader))
                .isInstanceOf(RefusedHeaderException.class);
        byte[] now = row(record).header();
        assertThatThrownBy(() -> hospital.a.replaceHeader(
                        record,
                        Header.decode(now).digest(),
                        oldHeader,
                        hospital.real().event(nurse, "REPLAY", record, Map.of())))
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(row(record).header()).isEqualTo(now);
    }

    /** The clouds keep no key under it, whoever hands one in, and none that there was. */
    @Test
    void cloudBKeepsNoKeyUnderIt() throws Exception {
        exchange();
        hospital.b.keepTransformKey("1", NURSE, old.digest(), forged().encode());
        assertThat(hospital.b.renewTransformKey("1", NURSE, old.digest(), forged().encode()))
                .isTrue();
        assertThat(hospital.b.transformKeys("1", NURSE).keySet())
                .containsExactly(HexFormat.of()
                        .formatHex(hospital.real().keys().parameters().digest()));
        // Planted by the operator in place of the right one it leads to nothing, and that is noticed.
        hospital.b.plantTransformKey("1", NURSE, forged().encode());
        assertThatThrownBy(() -> story.open(hospital.proven(NURSE, "doctor"), record, partialKey.revealText()))
                .isInstanceOf(IntegrityException.class);
    }

    /** ADR 7: with a copy of the old header he needs the approval, and cloud A, which no longer converts it, or did so before. */
    @Test
    void aCopyOfAnOldHeaderOpensOnlyWithAnApprovalThatWasConvertedBefore() throws Exception {
        ConvertedGrant before = converted(grant, record, oldHeader);
        exchange();
        ConvertedGrant after = converted(grant, record, row(record).header());

        assertThatThrownBy(() -> opened(oldHeader, old, after, partialKey))
                .as("what cloud A makes of the new header does not serve the old one")
                .isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> opened(oldHeader, old, before, PartialKey.random()))
                .as("without the owner's partial key")
                .isInstanceOf(WrongKeyException.class);
        assertThat(opened(oldHeader, old, before, partialKey))
                .as("he could have read it then, and kept what he read")
                .isEqualTo(NOTE);
    }
}

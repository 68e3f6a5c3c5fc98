package org.sosia.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.Job;
import org.sosia.persistence.NamingRecord;
import org.sosia.persistence.RefusedHeaderException;
import org.sosia.sharing.MayNotReferException;
import org.sosia.sharing.Referrals;
import org.sosia.sharing.Story;

/**
 * Somebody who lost an attribute keeps what they had and finds helpers: the operator of cloud B kept a copy of the whole key, the
 * operator of cloud A a copy of every old header, and colleagues lend theirs. Each attack goes around the hospital's own checks.
 */
class LostAttributeAttackTest {
    private static final String CARDIOLOGY = "department:cardiology";

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials doctor = story.doctor;
    private UUID record = new UUID(0, 0);
    private String partialKey = "";
    private byte[] oldHeader = new byte[0];
    private byte[] oldKey = new byte[0];

    @BeforeEach
    void theDoctorLosesHerDepartmentAndKeepsEverything() throws Exception {
        hospital.enrol("kim", "key-authority", Set.of());
        hospital.enrol("carol", "doctor", Set.of("role:doctor", CARDIOLOGY));
        record = story.record(story.owner);
        partialKey = story.approve(story.owner, story.ask(doctor, record))
                .partialKey()
                .orElseThrow();
        assertThat(story.open(doctor, record, partialKey)).isEqualTo(NOTE);
        oldHeader = hospital.a.record(record).orElseThrow().header();
        oldKey = hospital.b.transformKey("1", TestHospital.DOCTOR);
        hospital.signIn(hospital.proven("kim", "key-authority"))
                .bean(Attributes.class)
                .revoke(CARDIOLOGY, TestHospital.DOCTOR);
    }

    private byte[] parameters() throws Exception {
        return hospital.real().keys().parameters().digest();
    }

    private void rewrap() {
        hospital.bean(Rewrapping.class).work(hospital.real(), () -> true);
    }

    @Test
    void aKeyHandedInAgainIsStripped() throws Exception {
        hospital.b.keepTransformKey("1", TestHospital.DOCTOR, parameters(), oldKey);
        assertThat(story.open(doctor, record, partialKey)).isNotEqualTo(NOTE);

        hospital.b.renewTransformKey("1", TestHospital.DOCTOR, parameters(), oldKey);
        assertThat(story.open(doctor, record, partialKey)).isNotEqualTo(NOTE);
    }

    @Test
    void theWholeOldKeyBroughtBackByTheOperatorOpensNoRewrappedRecord() throws Exception {
        hospital.b.plantTransformKey("1", TestHospital.DOCTOR, oldKey);
        assertThat(story.open(doctor, record, partialKey))
                .as("a cloud that keeps what it should have dropped: until the record has followed")
                .isEqualTo(NOTE);

        rewrap();
        assertThat(story.open(doctor, record, partialKey)).isNotEqualTo(NOTE);
        assertThatThrownBy(() -> Header.decode(
                                hospital.a.record(record).orElseThrow().header())
                        .transform(TransformKey.decode(oldKey)))
                .isInstanceOf(PolicyNotSatisfiedException.class);
    }

    @Test
    void anOldHeaderHandedInAgainIsRefusedOnceItsIssueIsRetired() throws Exception {
        rewrap();
        byte[] now = hospital.a.record(record).orElseThrow().header();
        NamingRecord.Rewrapped replay = hospital.a
                .recordsNaming(Attribute.parse(CARDIOLOGY), 9, null, 10)
                .get(0)
                .with(oldHeader);
        Job job = Job.begun("issue", CARDIOLOGY, 2, Instant.EPOCH);
        hospital.a.beginJob(job, hospital.real().event(doctor, "REPLAY", record, java.util.Map.of()));

        assertThatThrownBy(() -> hospital.a.replaceHeaders(List.of(replay), job))
                .isInstanceOf(RefusedHeaderException.class);
        assertThat(hospital.a.record(record).orElseThrow().header()).isEqualTo(now);
    }

    @Test
    void anOldHeaderPutBackByTheOperatorOpensForNobodyByPolicy() throws Exception {
        String colleagues = story.approve(story.owner, story.ask(hospital.proven("carol", "doctor"), record))
                .partialKey()
                .orElseThrow();
        rewrap();
        var row = hospital.a.record(record).orElseThrow();
        hospital.a.plant(row.sealed(row.state(), row.sealedBytes(), row.metadata(), oldHeader, row.updatedAt()));

        assertThat(story.open(doctor, record, partialKey)).isNotEqualTo(NOTE);
        assertThat(story.open(hospital.proven("carol", "doctor"), record, colleagues))
                .isNotEqualTo(NOTE);
    }

    @Test
    void aColleaguesPieceDoesNotFitHerKey() throws Exception {
        rewrap();
        Header header = Header.decode(hospital.a.record(record).orElseThrow().header());
        TransformKey hers = TransformKey.decode(hospital.b.transformKey("1", TestHospital.DOCTOR));
        TransformKey colleagues = TransformKey.decode(hospital.b.transformKey("1", "carol"));

        // She asks with the colleague's key, which the cloud would transform with, and finishes with what is hers.
        // What the owner's slot tells of the seed convicts the cloud.
        hospital.b.plantTransformKey("1", TestHospital.DOCTOR, colleagues.encode());
        assertThatThrownBy(() -> story.open(doctor, record, partialKey)).isInstanceOf(IntegrityException.class);

        // Both bodies of attributes together satisfy the policy; no one key has them.
        Set<Attribute> pooled = new HashSet<>(hers.attributes());
        pooled.addAll(colleagues.attributes());
        assertThat(header.policy().isSatisfiedBy(pooled)).isTrue();
        assertThatThrownBy(() -> header.transform(hers)).isInstanceOf(PolicyNotSatisfiedException.class);
    }

    @Test
    void aGrantIssuedAfterwardsDoesNotHelp() throws Exception {
        rewrap();
        UUID again = story.record(story.owner);
        String fresh = story.approve(story.owner, story.ask(doctor, again))
                .partialKey()
                .orElseThrow();

        assertThat(story.open(doctor, again, fresh)).isNotEqualTo(NOTE);
    }

    @Test
    void anApprovalThatIsLeftRefersNoColleagueToIt() {
        Instant within = hospital.clock.instant().plus(Duration.ofHours(1));
        Referrals referrals = hospital.signIn(doctor).bean(Referrals.class);

        assertThatThrownBy(() -> referrals.refer(record, TestHospital.OTHER_DOCTOR, within, "read it to me", List.of()))
                .isInstanceOf(MayNotReferException.class);
    }
}

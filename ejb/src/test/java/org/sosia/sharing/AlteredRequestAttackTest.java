package org.sosia.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.GrantHalfRow;
import org.sosia.persistence.RequestState;

/**
 * Whoever can write to cloud A makes another request of one that waits: the owner reads a name that she trusts, and would approve
 * somebody else, or another record; or another owner approves it. Or the operator adds a grant that no owner ever gave, for a doctor
 * in league, who then refers the record on.
 */
class AlteredRequestAttackTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials mallory = hospital.proven("mallory", "doctor");
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        hospital.enrol("mallory", "doctor", Set.of("role:doctor", "department:cardiology"));
        record = story.record(story.owner);
    }

    private Instant soon() {
        return hospital.clock.instant().plus(Duration.ofHours(1));
    }

    private static AccessRequest with(AccessRequest asked, UUID record, String requester, String owner) {
        return new AccessRequest(
                asked.id(),
                record,
                asked.patient(),
                requester,
                owner,
                asked.state(),
                asked.createdAt(),
                null,
                null,
                null,
                asked.sealed());
    }

    @Test
    void anOwnerApprovesNobodyElseThanWhoAsked() throws Exception {
        UUID id = story.ask(story.doctor, record);
        AccessRequest asked = hospital.a.request(id).orElseThrow();
        hospital.a.plant(with(asked, record, "mallory", asked.owner()));

        assertThatThrownBy(() -> story.approve(story.owner, id)).isInstanceOf(IntegrityException.class);
        assertThat(hospital.a.actionsOn(id)).containsExactly("REQUEST");
    }

    @Test
    void anOwnerApprovesNoOtherRecordThanWasAskedFor() throws Exception {
        UUID other = story.record(story.owner);
        UUID id = story.ask(story.doctor, other);
        AccessRequest asked = hospital.a.request(id).orElseThrow();
        hospital.a.plant(with(asked, record, asked.requester(), asked.owner()));

        assertThatThrownBy(() -> story.approve(story.owner, id)).isInstanceOf(IntegrityException.class);
    }

    @Test
    void anotherOwnerApprovesNothing() throws Exception {
        UUID id = story.ask(mallory, record);
        AccessRequest asked = hospital.a.request(id).orElseThrow();
        hospital.a.plant(with(asked, record, asked.requester(), TestHospital.OTHER_OWNER));
        Credentials otto = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        assertThatThrownBy(() -> story.approve(otto, id)).isInstanceOf(IntegrityException.class);
    }

    @Test
    void aGrantThatNoOwnerGaveRefersNobody() throws Exception {
        UUID id = story.ask(mallory, record);
        AccessRequest asked = hospital.a.request(id).orElseThrow();
        UUID grant = UUID.randomUUID();
        byte[] half = CollectionKeys.generate().issueGrant().half().encode();
        hospital.a.plant(new GrantHalfRow(grant, record, "mallory", half, soon(), false, null));
        hospital.a.plant(asked.approved(grant, hospital.clock.instant(), soon(), asked.sealed()));

        assertThatThrownBy(() -> refer(soon())).isInstanceOf(MayNotReferException.class);
    }

    @Test
    void anApprovalThatTheStoreMadeLongerRefersNobody() throws Exception {
        UUID id = story.ask(mallory, record);
        UUID grant = story.approve(story.owner, id).grant();
        refer(soon());
        Instant later = soon().plus(Duration.ofDays(300));
        GrantHalfRow half = hospital.a.grant(grant).orElseThrow();
        AccessRequest approved = hospital.a.request(id).orElseThrow();
        assertThat(approved.state()).isEqualTo(RequestState.APPROVED);

        hospital.a.plant(new GrantHalfRow(grant, record, "mallory", half.half(), later, false, null));
        hospital.a.plant(approved.approved(grant, hospital.clock.instant(), later, approved.sealed()));

        assertThatThrownBy(() -> refer(later)).isInstanceOf(MayNotReferException.class);
    }

    private void refer(Instant until) throws Exception {
        hospital.signIn(mallory).bean(Referrals.class).refer(record, TestHospital.OTHER_DOCTOR, until, "", List.of());
    }
}

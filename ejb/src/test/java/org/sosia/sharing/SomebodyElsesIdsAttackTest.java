package org.sosia.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.lane.TestHospital;
import org.sosia.verification.Verification;

/**
 * A registered, fully proven colleague has got hold of ids that are not hers: from a screen left open, a log, a shared link. She puts
 * them into every call that takes one, hoping to decide for another owner, to take another's partial key, or at least to learn from
 * the refusal that the id exists.
 *
 * <p>Every such call answers as it does for an id that never existed: same refusal, same words; and nothing changes.
 */
class SomebodyElsesIdsAttackTest {
    private static final UUID NEVER_EXISTED = UUID.fromString("00000000-0000-4000-8000-000000000000");

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");
    private final Credentials otherDoctor = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private UUID record = NEVER_EXISTED;
    private UUID request = NEVER_EXISTED;

    @BeforeEach
    void aRequestWaits() throws Exception {
        record = story.record(story.owner);
        request = story.ask(story.doctor, record);
    }

    private static void alike(ThrowingCallable foreign, ThrowingCallable unknown, Class<? extends Exception> refusal) {
        assertThatThrownBy(foreign)
                .isExactlyInstanceOf(refusal)
                .satisfies(told ->
                        assertThatThrownBy(unknown).isExactlyInstanceOf(refusal).hasMessage(told.getMessage()));
    }

    private void approve(Credentials who, UUID id) throws Exception {
        story.approve(who, id);
    }

    @Test
    void nobodyDecidesForAnotherOwner() throws Exception {
        alike(
                () -> approve(otherOwner, request),
                () -> approve(otherOwner, NEVER_EXISTED),
                NoSuchRequestException.class);
        alike(
                () -> story.sharing(otherOwner).deny(request, ""),
                () -> story.sharing(otherOwner).deny(NEVER_EXISTED, ""),
                NoSuchRequestException.class);
        assertThat(story.sharing(story.owner).get(request).state()).isEqualTo(RequestState.PENDING);
    }

    @Test
    void nobodyReadsAnothersRequest() {
        for (Credentials who : new Credentials[] {otherOwner, otherDoctor}) {
            alike(
                    () -> story.sharing(who).get(request),
                    () -> story.sharing(who).get(NEVER_EXISTED),
                    NoSuchRequestException.class);
        }
    }

    @Test
    void nobodyRevokesAnotherOwnersGrant() throws Exception {
        Approval approval = story.approve(story.owner, request);

        alike(
                () -> story.sharing(otherOwner).revoke(approval.grant()),
                () -> story.sharing(otherOwner).revoke(NEVER_EXISTED),
                NoSuchGrantException.class);
        assertThat(story.open(story.doctor, record, approval.partialKey().orElseThrow()))
                .isEqualTo(NOTE);
    }

    @Test
    void nobodyTakesAnothersKeyFromTheInbox() throws Exception {
        Approval approval = story.sharing(story.owner)
                .approve(request, hospital.clock.instant().plus(Duration.ofHours(1)), Handover.SEAL);

        alike(
                () -> story.sharing(otherDoctor).takeDelivered(approval.grant()),
                () -> story.sharing(otherDoctor).takeDelivered(NEVER_EXISTED),
                NoSuchGrantException.class);
        assertThat(hospital.a.actionsOn(approval.grant())).doesNotContain("REVEAL");
    }

    @Test
    void anothersPartialKeyOpensTheDouble() throws Exception {
        String key = story.approve(story.owner, request).partialKey().orElseThrow();

        assertThat(story.open(otherDoctor, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void aTwinsGrantIsNoGrantInTheRealHospital() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        UUID twins = story.ask(hospital.low(TestHospital.DOCTOR, "doctor"), record);
        Approval approval = story.approve(low, twins);

        alike(
                () -> story.sharing(story.owner).revoke(approval.grant()),
                () -> story.sharing(story.owner).revoke(NEVER_EXISTED),
                NoSuchGrantException.class);
        alike(
                () -> approve(story.owner, twins),
                () -> approve(story.owner, NEVER_EXISTED),
                NoSuchRequestException.class);
        alike(() -> approve(low, request), () -> approve(low, NEVER_EXISTED), NoSuchRequestException.class);
    }

    @Test
    void aPatientLearnsNothingOfOthersRecords() {
        Credentials patient = hospital.proven(TestHospital.PATIENT, "patient");

        alike(
                () -> story.sharing(patient).request(record, "PATRQT", ""),
                () -> story.sharing(patient).request(NEVER_EXISTED, "PATRQT", ""),
                NoSuchRecordException.class);
        alike(
                () -> hospital.signIn(patient).bean(Verification.class).verify(record),
                () -> hospital.signIn(patient).bean(Verification.class).verify(NEVER_EXISTED),
                NoSuchRecordException.class);
        alike(
                () -> hospital.signIn(otherOwner).bean(Verification.class).verify(record),
                () -> hospital.signIn(otherOwner).bean(Verification.class).verify(NEVER_EXISTED),
                NoSuchRecordException.class);
    }
}

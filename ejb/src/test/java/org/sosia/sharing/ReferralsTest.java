package org.sosia.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.envelope.FormatOne;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Gate;
import org.sosia.lane.ProofResult;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.IncidentFilter;
import org.sosia.persistence.Reencrypted;
import org.sosia.policies.Policies;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.Access;
import org.sosia.retrieval.Retrieval;

/** A record's way to a doctor who did not ask for it, and back. */
class ReferralsTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials owner = story.owner;
    private final Credentials patient = hospital.proven(TestHospital.PATIENT, "patient");
    private final Credentials oncologist = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        record = story.record(owner, story.patient(owner, TestHospital.PATIENT));
    }

    private Instant in(Duration time) {
        return hospital.clock.instant().plus(time);
    }

    private Referrals referrals(Credentials who) {
        return hospital.signIn(who).bean(Referrals.class);
    }

    private RequestView refer(Credentials who) throws Exception {
        return referrals(who)
                .refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofDays(3)), "second opinion", List.of());
    }

    private static UUID grant(RequestView referral) {
        UUID grant = referral.grant();
        if (grant == null) {
            throw new AssertionError("a referral has a grant");
        }
        return grant;
    }

    private String key(RequestView referral) throws Exception {
        return story.sharing(oncologist).takeDelivered(grant(referral));
    }

    // ------------------------------------------------------------------------------------------------- the whole life

    @Test
    void aReferredDoctorOpensTheOriginalThoughThePolicyDoesNotNameHer() throws Exception {
        RequestView referral = refer(patient);

        assertThat(referral.state()).isEqualTo(RequestState.APPROVED);
        assertThat(referral.referredBy()).isEqualTo(patient.name());
        assertThat(referral.purpose()).isEqualTo(Purpose.PATRQT);
        assertThat(story.open(oncologist, record, key(referral))).isEqualTo(NOTE);
        assertThat(hospital.signIn(oncologist).bean(Retrieval.class).get(record).access())
                .isEqualTo(Access.GRANTED);
        assertThat(story.sharing(oncologist).requests(null, null, 10).items())
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.referredBy()).isEqualTo(patient.name());
                    assertThat(seen.delivered()).isTrue();
                });
        assertThat(hospital.a.actionsOn(grant(referral))).containsExactly("REFER", "REVEAL");
    }

    /** A record that an earlier build sealed is referred, and then its policy changes: the referral names a person and goes on. */
    @Test
    void aReferralOfAnOldRecordOutlivesItsRewrapping() throws Exception {
        var keys = hospital.real().keys();
        var row = hospital.a.record(record).orElseThrow();
        Header sealed = Header.decode(row.header());
        byte[] old = FormatOne.of(
                row.header(), keys.collection(row.owner(), sealed), keys.parameters(), keys.signingKey(row.owner()));
        hospital.a.plantHeader(record, old);
        assertThat(Header.decode(old).keepsItsLock()).isFalse();
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);

        String key = key(refer(patient));
        assertThat(story.open(oncologist, record, key)).isEqualTo(NOTE);
        hospital.signIn(story.owner).bean(Policies.class).update(record, "role:doctor");

        assertThat(story.open(oncologist, record, key)).isEqualTo(NOTE);
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);
    }

    @Test
    void itOpensAtTheGateAsAnApprovalDoes() throws Exception {
        String key = key(refer(patient));

        assertThat(hospital.signIn(TestHospital.atTheScreen(oncologist))
                        .bean(Gate.class)
                        .prove(record, key))
                .isEqualTo(ProofResult.OPENED);
    }

    @Test
    void itEndsByItself() throws Exception {
        String key = key(refer(patient));
        hospital.clock.pass(Duration.ofDays(3));
        Credentials fresh = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");

        assertThat(story.open(fresh, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void thePatientTakesItBackAtBothClouds() throws Exception {
        RequestView referral = refer(patient);
        String key = key(referral);

        RevocationReceipt receipt = story.sharing(patient).revoke(grant(referral));

        assertThat(receipt.signer()).isEqualTo(TestHospital.PATIENT);
        assertThat(receipt.grantee()).isEqualTo(TestHospital.OTHER_DOCTOR);
        assertThat(story.open(oncologist, record, key)).isNotEqualTo(NOTE);
        assertThat(hospital.b.pad("1", TestHospital.OTHER_DOCTOR, grant(referral), hospital.clock.instant()))
                .isEmpty();
        assertThat(hospital.a.grant(grant(referral)).orElseThrow().half()).isEmpty();
    }

    @Test
    void theOwnerTakesItBackToo() throws Exception {
        RequestView referral = refer(patient);
        String key = key(referral);

        story.sharing(owner).revoke(grant(referral));

        assertThat(story.open(oncologist, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void theTwinHospitalRefersAlikeAndOpensNothingReal() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        Credentials lowDoctor = hospital.low(TestHospital.OTHER_DOCTOR, "doctor");
        hospital.a.calls.clear();

        RequestView referral =
                referrals(low).refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(1)), "", List.of());
        String key = story.sharing(lowDoctor).takeDelivered(grant(referral));

        assertThat(story.open(lowDoctor, record, key)).isNotEqualTo(NOTE).isNotEmpty();
        assertThat(hospital.a.calls).isEmpty();
        assertThat(story.open(oncologist, record, key)).isNotEqualTo(NOTE);
    }

    // ------------------------------------------------------------------------------------------------------ who may

    @Test
    void aDoctorRefersForNoLongerThanHerOwnApprovalLasts() throws Exception {
        Credentials doctor = story.doctor;
        assertThatThrownBy(() -> refer(doctor)).isInstanceOf(MayNotReferException.class);
        story.approve(owner, story.ask(doctor, record));

        assertThatThrownBy(() -> refer(doctor))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("expires"));
        RequestView referral =
                referrals(doctor).refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(7)), "", List.of());

        assertThat(story.open(oncologist, record, key(referral))).isEqualTo(NOTE);
    }

    @Test
    void anApprovalCountsBesideAReferralThatLastsLonger() throws Exception {
        hospital.enrol("carol", "doctor", Set.of("role:doctor", "department:cardiology"));
        Credentials carol = hospital.proven("carol", "doctor");
        referrals(patient).refer(record, "carol", in(Duration.ofDays(3)), "", List.of());
        story.approve(owner, story.ask(carol, record));

        RequestView referral =
                referrals(carol).refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(7)), "", List.of());

        assertThat(story.open(oncologist, record, key(referral))).isEqualTo(NOTE);
    }

    @Test
    void aHospitalMayKeepItsDoctorsFromReferring() throws Exception {
        hospital.set("sosia.referral.by-doctors", "false");
        story.approve(owner, story.ask(story.doctor, record));

        assertThatThrownBy(() -> referrals(story.doctor)
                        .refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(1)), "", List.of()))
                .isInstanceOf(MayNotReferException.class);
    }

    @Test
    void whatWasReferredIsNotReferredOn() throws Exception {
        refer(patient);

        assertThatThrownBy(() -> referrals(oncologist)
                        .refer(record, TestHospital.DOCTOR, in(Duration.ofHours(1)), "", List.of()))
                .isInstanceOf(MayNotReferException.class);
    }

    @Test
    void onlyDoctorsAreReferredTo() {
        for (String to : new String[] {"nobody", TestHospital.OWNER, TestHospital.PATIENT}) {
            assertThatThrownBy(() -> referrals(patient).refer(record, to, in(Duration.ofHours(1)), "", List.of()))
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            e -> assertThat(e.field()).isEqualTo("to"));
        }
    }

    @Test
    void aDoctorIsFoundByNameOrDepartment() throws Exception {
        assertThat(referrals(patient).doctors("ONCO")).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo(TestHospital.OTHER_DOCTOR);
            assertThat(found.departments()).containsExactly("oncology");
        });
        assertThat(referrals(patient).doctors("")).hasSize(2);
        assertThat(referrals(oncologist).doctors("real d"))
                .extracting(DoctorView::subject)
                .containsExactly(TestHospital.DOCTOR);
    }

    @Test
    void anOldSignInRefersNobody() {
        Credentials old = patient;
        hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() ->
                        referrals(old).refer(record, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(1)), "", List.of()))
                .isInstanceOf(StepUpRequiredException.class);
    }

    // ------------------------------------------------------------------------------------------------------- attacks

    @Test
    void somebodyElsesRecordCannotBeReferred() throws Exception {
        hospital.enrol("paul", "patient", Set.of());
        Credentials paul = hospital.proven("paul", "patient");
        Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        for (Credentials who : new Credentials[] {paul, otherOwner}) {
            assertThatThrownBy(() -> refer(who)).isInstanceOf(NoSuchRecordException.class);
        }
        RequestView referral = refer(patient);
        for (Credentials who : new Credentials[] {paul, otherOwner}) {
            assertThatThrownBy(() -> story.sharing(who).revoke(grant(referral)))
                    .isInstanceOf(NoSuchGrantException.class);
        }
        assertThatThrownBy(() -> story.sharing(story.doctor).takeDelivered(grant(referral)))
                .isInstanceOf(NoSuchGrantException.class);
    }

    @Test
    void aWrongKeyOpensTheDoubleAndIsReported() throws Exception {
        refer(patient);

        assertThat(story.open(oncologist, record, PartialKey.random().revealText()))
                .isNotEqualTo(NOTE)
                .isNotEmpty();
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.technique()).isEqualTo("wrong-partial-key"));
    }

    @Test
    void theKeyOfOneReferralOpensNoOther() throws Exception {
        String key = key(refer(patient));
        UUID other = story.record(owner, story.patient(owner, null));
        referrals(owner).refer(other, TestHospital.OTHER_DOCTOR, in(Duration.ofHours(1)), "", List.of());

        assertThat(story.open(oncologist, other, key)).isNotEqualTo(NOTE);
    }

    @Test
    void oneCloudAloneHasNothingToOpenWith() throws Exception {
        RequestView referral = refer(patient);
        String key = key(referral);

        hospital.b.dropPad("1", grant(referral));
        assertThat(story.open(oncologist, record, key))
                .as("cloud A's lock without the pad")
                .isNotEqualTo(NOTE);
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .as("an honest doctor whom a cloud refuses is no guesser")
                .isEmpty();
    }

    @Test
    void cloudBRefusesWhomItWasToldToRefuse() throws Exception {
        String key = key(refer(patient));

        hospital.b.revoke("1", TestHospital.OTHER_DOCTOR);

        assertThat(story.open(oncologist, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void aPadOfAnotherReferralDoesNotFit() throws Exception {
        RequestView first = refer(patient);
        RequestView second = refer(owner);
        byte[] swapped = hospital.b
                .pad("1", TestHospital.OTHER_DOCTOR, grant(second), hospital.clock.instant())
                .orElseThrow();
        String key = key(first);
        story.sharing(owner).revoke(grant(second));

        hospital.b.keepPad("1", grant(first), TestHospital.OTHER_DOCTOR, swapped, in(Duration.ofHours(1)));

        assertThat(story.open(oncologist, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void aCloudThatReencryptsWronglyIsCaughtAtOnce() throws Exception {
        hospital.a.turned = done -> new Reencrypted(anotherLock(done.lock()), done.proof());

        assertThatThrownBy(() -> refer(patient)).isInstanceOf(IntegrityException.class);
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.technique()).isEqualTo("tampering"));
    }

    @Test
    void aCloudThatHandsOutAnotherLockMakesNobodyAGuesser() throws Exception {
        RequestView referral = refer(patient);
        String key = key(referral);
        hospital.a.swapped = grant(refer(owner));

        assertThatThrownBy(() -> story.open(oncologist, record, key)).isInstanceOf(IntegrityException.class);
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.technique()).isEqualTo("tampering"));
    }

    /** The same lock, said to be of another re-key: well formed, and wrong. */
    private static byte[] anotherLock(byte[] lock) {
        byte[] wrong = lock.clone();
        wrong[1] ^= 1;
        return wrong;
    }
}

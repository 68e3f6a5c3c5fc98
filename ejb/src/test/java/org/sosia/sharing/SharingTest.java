package org.sosia.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.lane.TestHospital;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.Registrations;
import org.sosia.retrieval.Retrieval;

/** One record's way to one person and back. */
class SharingTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials owner = story.owner;
    private final Credentials doctor = story.doctor;
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aRecordIsThere() throws Exception {
        record = story.record(owner);
    }

    private Instant in(Duration time) {
        return hospital.clock.instant().plus(time);
    }

    // ------------------------------------------------------------------------------------------------ the whole life

    @Test
    void anApprovedRequestOpensTheOriginalUntilItIsTakenBack() throws Exception {
        UUID request = story.ask(doctor, record);
        assertThat(story.open(doctor, record, null)).isNotEqualTo(NOTE);

        Approval approval = story.approve(owner, request);
        String key = approval.partialKey().orElseThrow();
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);

        story.sharing(owner).revoke(approval.grant());
        assertThat(story.open(doctor, record, key)).isNotEqualTo(NOTE);
        assertThat(story.sharing(doctor).get(request).state()).isEqualTo(RequestState.REVOKED);
    }

    @Test
    void aGrantEndsByItself() throws Exception {
        UUID request = story.ask(doctor, record);
        String key = story.approve(owner, request).partialKey().orElseThrow();
        hospital.clock.pass(Duration.ofHours(8));
        Credentials fresh = hospital.proven(TestHospital.DOCTOR, "doctor");

        assertThat(story.open(fresh, record, key)).isNotEqualTo(NOTE);
        assertThat(story.sharing(fresh).get(request).state()).isEqualTo(RequestState.EXPIRED);
    }

    @Test
    void theTwinHospitalSharesAlikeAndOpensNothingReal() throws Exception {
        Credentials lowDoctor = hospital.low(TestHospital.DOCTOR, "doctor");
        Credentials lowOwner = hospital.low(TestHospital.OWNER, "data-owner");
        hospital.a.calls.clear();

        UUID request = story.ask(lowDoctor, record);
        Approval approval = story.approve(lowOwner, request);
        String key = approval.partialKey().orElseThrow();
        byte[] opened = story.open(lowDoctor, record, key);
        RevocationReceipt receipt = story.sharing(lowOwner).revoke(approval.grant());

        assertThat(opened).isNotEqualTo(NOTE).isNotEmpty();
        assertThat(receipt.signer()).isEqualTo(TestHospital.OWNER);
        assertThat(hospital.a.calls).as("calls at the real hospital's store").isEmpty();
        assertThat(story.open(doctor, record, key)).isNotEqualTo(NOTE);
    }

    @Test
    void theRequesterIsShownUnderTheNameSheSignsInWith() throws Exception {
        Credentials low = hospital.low(TestHospital.DOCTOR, "doctor");

        RequestView asked = story.sharing(low).request(record, "TREAT", "");

        assertThat(asked.requesterName()).isEqualTo(low.name());
    }

    // ------------------------------------------------------------------------------------------------------- asking

    @Test
    void aRequestSaysWhatForAndNeitherStoreReadsIt() throws Exception {
        RequestView asked = story.sharing(doctor).request(record, "etreat", "  xylophagous beetles ");

        assertThat(asked.purpose()).isEqualTo(Purpose.ETREAT);
        assertThat(asked.note()).isEqualTo("xylophagous beetles");
        assertThat(asked.state()).isEqualTo(RequestState.PENDING);
        assertThat(asked.owner()).isEqualTo(TestHospital.OWNER);
        assertThat(new String(hospital.a.dump(), StandardCharsets.ISO_8859_1)).doesNotContain("xylophagous");
        assertThat(story.sharing(owner).get(asked.id())).isEqualTo(asked);
    }

    @Test
    void askingTheVerySameAgainIsTheSameRequest() throws Exception {
        UUID first = story.ask(doctor, record);

        assertThat(story.ask(doctor, record)).isEqualTo(first);
        assertThat(story.sharing(doctor).request(record, "HRESCH", "follow-up").id())
                .isNotEqualTo(first);
        story.approve(owner, first);
        assertThat(story.ask(doctor, record)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"CURIOSITY, ''", "'', ''", "TREAT TREAT, ''"})
    void anUnknownPurposeIsRefused(String purpose, String note) {
        assertThatThrownBy(() -> story.sharing(doctor).request(record, purpose, note))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("purpose"));
    }

    @Test
    void aNoteIsASentenceAndNotARecord() throws Exception {
        String longest = "n".repeat(Sharing.NOTE_CHARACTERS);

        assertThat(story.sharing(doctor).request(record, "TREAT", longest).note())
                .isEqualTo(longest);
        assertThatThrownBy(() -> story.sharing(doctor).request(record, "TREAT", longest + "n"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aPatientAsksForHerOwnRecordsOnly() throws Exception {
        Credentials patient = hospital.proven(TestHospital.PATIENT, "patient");
        UUID own = story.record(owner, story.patient(owner, TestHospital.PATIENT));

        assertThat(story.sharing(patient).request(own, "PATRQT", "").record()).isEqualTo(own);
        assertThatThrownBy(() -> story.sharing(patient).request(record, "PATRQT", ""))
                .isInstanceOf(NoSuchRecordException.class);
    }

    // ----------------------------------------------------------------------------------------------------- deciding

    @Test
    void aRequestIsDecidedOnce() throws Exception {
        UUID request = story.ask(doctor, record);
        story.approve(owner, request);

        assertThatThrownBy(() -> story.approve(owner, request))
                .isInstanceOfSatisfying(
                        RequestDecidedException.class,
                        decided -> assertThat(decided.state()).isEqualTo(RequestState.APPROVED));
        assertThatThrownBy(() -> story.sharing(owner).deny(request, "too late"))
                .isInstanceOf(RequestDecidedException.class);
    }

    @Test
    void ofTwoApprovalsAtTheSameTimeOneWins() throws Exception {
        UUID request = story.ask(doctor, record);
        Sharing slow = story.sharing(owner);
        slow.clock =
                new OnceInterrupted(hospital.clock, () -> story.sharing(owner).deny(request, "no"));

        assertThatThrownBy(() -> slow.approve(request, in(Duration.ofHours(1)), Handover.SHOW))
                .isInstanceOfSatisfying(
                        RequestDecidedException.class,
                        decided -> assertThat(decided.state()).isEqualTo(RequestState.DENIED));
        assertThat(story.sharing(owner).get(request).grant()).isNull();
    }

    @Test
    void aDenialTellsWhy() throws Exception {
        UUID request = story.ask(doctor, record);

        story.sharing(owner).deny(request, "not your patient");

        RequestView denied = story.sharing(doctor).get(request);
        assertThat(denied.state()).isEqualTo(RequestState.DENIED);
        assertThat(denied.reason()).isEqualTo("not your patient");
        assertThat(denied.note()).isEqualTo("follow-up");
        assertThat(denied.decidedAt()).isNotNull();
        assertThat(denied.grant()).isNull();
        assertThatThrownBy(() -> story.approve(owner, request)).isInstanceOf(RequestDecidedException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT8785H"})
    void anExpiryLiesWithinTheNextYear(String duration) throws Exception {
        UUID request = story.ask(doctor, record);

        assertThatThrownBy(() -> story.sharing(owner).approve(request, in(Duration.parse(duration)), Handover.SHOW))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        refused -> assertThat(refused.field()).isEqualTo("expires"));
        assertThat(story.sharing(owner).get(request).state()).isEqualTo(RequestState.PENDING);
    }

    @Test
    void aRequestForADeletedRecordIsGone() throws Exception {
        UUID request = story.ask(doctor, record);
        hospital.signIn(owner).bean(Retrieval.class).delete(record);

        assertThatThrownBy(() -> story.approve(owner, request)).isInstanceOf(NoSuchRequestException.class);
    }

    @Test
    void releasingAKeyNeedsAFreshSignIn() throws Exception {
        UUID request = story.ask(doctor, record);
        hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() -> story.approve(owner, request))
                .isInstanceOfSatisfying(
                        StepUpRequiredException.class,
                        needed -> assertThat(needed.maxAge()).isEqualTo(Duration.ofMinutes(15)));
        assertThat(story.approve(hospital.proven(TestHospital.OWNER, "data-owner"), request)
                        .partialKey())
                .isPresent();
    }

    @Test
    void theReleaseIsInTheChainBeforeTheKeyLeaves() throws Exception {
        UUID request = story.ask(doctor, record);
        hospital.a.failing = "keep";

        assertThatThrownBy(() -> story.approve(owner, request)).isInstanceOf(RuntimeException.class);
        hospital.a.failing = null;
        Approval approval = story.approve(owner, request);

        assertThat(hospital.a.actionsOn(approval.grant())).containsExactly("RELEASE");
    }

    @Test
    void nobodyKeepsAPartialKeyInClear() throws Exception {
        Approval approval = story.approve(owner, story.ask(doctor, record));
        String key = approval.partialKey().orElseThrow();

        for (var store : List.of(hospital.a, hospital.b)) {
            String dump = new String(store.dump(), StandardCharsets.ISO_8859_1);
            assertThat(dump).doesNotContain(key, key.replace("-", ""));
        }
        assertThat(approval.toString()).doesNotContain(key);
    }

    // -------------------------------------------------------------------------------------------------------- inbox

    @Test
    void aSealedKeyWaitsForTheRequesterAlone() throws Exception {
        UUID request = story.ask(doctor, record);
        Approval approval = story.sharing(owner).approve(request, in(Duration.ofHours(8)), Handover.SEAL);

        assertThat(approval.partialKey()).isEmpty();
        assertThat(story.sharing(doctor).get(request).delivered()).isTrue();
        String key = story.sharing(doctor).takeDelivered(approval.grant());
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);
        assertThat(hospital.a.actionsOn(approval.grant())).containsExactly("RELEASE", "REVEAL");
        assertThat(story.sharing(doctor).takeDelivered(approval.grant()))
                .as("taken again")
                .isEqualTo(key);
    }

    @Test
    void theInboxIsEmptyOnceTheGrantEnds() throws Exception {
        Approval taken =
                story.sharing(owner).approve(story.ask(doctor, record), in(Duration.ofHours(8)), Handover.SEAL);
        story.sharing(owner).revoke(taken.grant());
        assertThatThrownBy(() -> story.sharing(doctor).takeDelivered(taken.grant()))
                .isInstanceOf(NoSuchGrantException.class);

        Approval ending =
                story.sharing(owner).approve(story.ask(doctor, record), in(Duration.ofMinutes(5)), Handover.SEAL);
        hospital.clock.pass(Duration.ofMinutes(5));
        assertThatThrownBy(() -> story.sharing(doctor).takeDelivered(ending.grant()))
                .isInstanceOf(NoSuchGrantException.class);
    }

    @Test
    void nothingWaitsWhereTheKeyWasShown() throws Exception {
        Approval shown = story.approve(owner, story.ask(doctor, record));

        assertThatThrownBy(() -> story.sharing(doctor).takeDelivered(shown.grant()))
                .isInstanceOf(NoSuchGrantException.class);
    }

    @Test
    void takingAKeyNeedsAFreshSignIn() throws Exception {
        Approval approval =
                story.sharing(owner).approve(story.ask(doctor, record), in(Duration.ofHours(8)), Handover.SEAL);
        hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() -> story.sharing(doctor).takeDelivered(approval.grant()))
                .isInstanceOf(StepUpRequiredException.class);
        assertThat(hospital.a.actionsOn(approval.grant())).doesNotContain("REVEAL");
    }

    @Test
    void whatIsNotInTheChainIsNotRevealed() throws Exception {
        Approval approval =
                story.sharing(owner).approve(story.ask(doctor, record), in(Duration.ofHours(8)), Handover.SEAL);
        hospital.a.failing = "audit";

        assertThatThrownBy(() -> story.sharing(doctor).takeDelivered(approval.grant()))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void sealingNeedsSomebodyToSealTo() throws Exception {
        UUID request = story.ask(doctor, record);
        hospital.enrol("carl", "cloud-operator", Set.of());
        hospital.signIn(hospital.proven("carl", "cloud-operator"))
                .bean(Registrations.class)
                .disable(TestHospital.DOCTOR);

        assertThatThrownBy(() -> story.sharing(owner).approve(request, in(Duration.ofHours(1)), Handover.SEAL))
                .isInstanceOf(NoPersonKeyException.class);
        assertThat(story.sharing(owner).get(request).state()).isEqualTo(RequestState.PENDING);
    }

    // --------------------------------------------------------------------------------------------------- taking back

    @Test
    void aReceiptIsSignedByTheOwnerAndNamesTheEntry() throws Exception {
        Approval approval = story.approve(owner, story.ask(doctor, record));

        RevocationReceipt receipt = story.sharing(owner).revoke(approval.grant());

        assertThat(receipt.statement().lines())
                .containsExactly(
                        "sosia-revocation-1",
                        approval.grant().toString(),
                        record.toString(),
                        TestHospital.DOCTOR,
                        receipt.at().toString(),
                        Long.toString(receipt.auditSequence()));
        var entry = hospital.a.auditEntries(receipt.auditSequence() - 1, 1).get(0);
        assertThat(entry.action()).isEqualTo("REVOKE");
        assertThat(entry.object()).isEqualTo(approval.grant());
        assertThat(verifies(receipt, receipt.statement())).isTrue();
        assertThat(verifies(receipt, receipt.statement().replace(TestHospital.DOCTOR, TestHospital.OTHER_DOCTOR)))
                .isFalse();
    }

    private boolean verifies(RevocationReceipt receipt, String statement) throws Exception {
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(receipt.certificate())));
        certificate.verify(hospital.real().keys().ca().getPublicKey());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(certificate.getPublicKey());
        signature.update(statement.getBytes(UTF_8));
        return signature.verify(Base64.getDecoder().decode(receipt.signature()));
    }

    @Test
    void revokingTwiceIsRevokedOnce() throws Exception {
        Approval approval = story.approve(owner, story.ask(doctor, record));

        RevocationReceipt first = story.sharing(owner).revoke(approval.grant());
        RevocationReceipt second = story.sharing(owner).revoke(approval.grant());

        assertThat(second.auditSequence()).isGreaterThan(first.auditSequence());
    }

    @Test
    void onlyTheGrantTakenBackEnds() throws Exception {
        Approval first = story.approve(owner, story.ask(doctor, record));
        Approval second = story.approve(owner, story.ask(doctor, record));

        story.sharing(owner).revoke(first.grant());

        assertThat(story.open(doctor, record, second.partialKey().orElseThrow()))
                .isEqualTo(NOTE);
    }

    // -------------------------------------------------------------------------------------------------------- lists

    @Test
    void theOwnerAndThePatientSeeWhoAskedForARecord() throws Exception {
        Credentials patient = hospital.proven(TestHospital.PATIENT, "patient");
        Credentials other = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
        UUID about = story.record(owner, story.patient(owner, TestHospital.PATIENT));
        UUID first = story.ask(doctor, about);
        UUID second = story.ask(other, about);
        story.ask(doctor, record);

        assertThat(story.sharing(owner).requestsFor(about, null, 10).items())
                .extracting(RequestView::id)
                .containsExactlyInAnyOrder(first, second);
        assertThat(story.sharing(patient).requestsFor(about, null, 10).items())
                .hasSize(2)
                .allSatisfy(seen -> {
                    assertThat(seen.purpose()).isNotNull();
                    assertThat(seen.requesterName()).isNotEqualTo(seen.requester());
                    assertThat(seen.note()).isEmpty();
                });
        assertThat(story.sharing(other).requestsFor(about, null, 10).items())
                .extracting(RequestView::id)
                .containsExactly(second);
    }

    @Test
    void whoAskedForARecordIsNobodyElsesToSee() throws Exception {
        Credentials patient = hospital.proven(TestHospital.PATIENT, "patient");
        Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");
        story.ask(doctor, record);

        assertThat(story.sharing(patient).requestsFor(record, null, 10).items()).isEmpty();
        assertThat(story.sharing(otherOwner).requestsFor(record, null, 10).items())
                .isEmpty();
        assertThat(story.sharing(owner).requestsFor(UUID.randomUUID(), null, 10).items())
                .isEmpty();
    }

    @Test
    void theRequestsForARecordComeInPages() throws Exception {
        Credentials other = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
        story.ask(doctor, record);
        story.ask(other, record);

        var page = story.sharing(owner).requestsFor(record, null, 1);
        var rest = story.sharing(owner).requestsFor(record, page.next(), 1);

        assertThat(page.items()).hasSize(1);
        assertThat(rest.items()).hasSize(1).doesNotContainAnyElementsOf(page.items());
        assertThat(rest.next()).isNull();
    }

    @Test
    void listsPageWithoutGapsOrRepetitions() throws Exception {
        List<UUID> asked = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            hospital.clock.pass(Duration.ofSeconds(1));
            asked.add(
                    0,
                    story.sharing(doctor)
                            .request(record, "TREAT", "number " + i)
                            .id());
        }

        assertThat(listed(owner, null, 3)).isEqualTo(asked);
        assertThat(listed(doctor, RequestState.PENDING, 2)).isEqualTo(asked);
        assertThat(listed(hospital.proven(TestHospital.OTHER_DOCTOR, "doctor"), null, 3))
                .isEmpty();
    }

    @Test
    void whatEndedIsListedAsEnded() throws Exception {
        UUID ending = story.ask(doctor, record);
        story.sharing(owner).approve(ending, in(Duration.ofMinutes(1)), Handover.SHOW);
        UUID lasting = story.ask(doctor, record);
        story.approve(owner, lasting);
        hospital.clock.pass(Duration.ofMinutes(2));

        assertThat(listed(owner, RequestState.EXPIRED, 1)).containsExactly(ending);
        assertThat(listed(owner, RequestState.APPROVED, 1)).containsExactly(lasting);
        assertThat(listed(owner, RequestState.DENIED, 1)).isEmpty();
    }

    private List<UUID> listed(Credentials who, @Nullable RequestState state, int limit) throws Exception {
        List<UUID> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            var page = story.sharing(who).requests(state, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(request -> all.add(request.id()));
            after = page.next();
        } while (after != null);
        return all;
    }

    @Test
    void theOperatorSeesThatThereAreRequestsAndNotWhatTheySay() throws Exception {
        hospital.enrol("carl", "cloud-operator", Set.of());
        UUID request = story.ask(doctor, record);

        RequestView seen =
                story.sharing(hospital.proven("carl", "cloud-operator")).get(request);

        assertThat(seen.purpose()).isNull();
        assertThat(seen.note()).isEmpty();
        assertThat(seen.requesterName()).isEqualTo(TestHospital.DOCTOR);
    }

    @Test
    void aForeignCursorIsRefused() {
        assertThatThrownBy(() -> story.sharing(owner).requests(null, "a12", 10))
                .isInstanceOf(InvalidValueException.class);
    }
}

package org.sosia.attributes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.Attribute;
import org.sosia.identity.Credentials;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.jobs.JobView;
import org.sosia.jobs.NoSuchJobException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.registration.Registrations;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.Story;

/** What becomes of an attribute that somebody loses, of everybody else who holds it, and of the records that name it. */
class AttributesTest {
    private static final String CARDIOLOGY = "department:cardiology";
    private static final String COLLEAGUE = "carol";

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials authority = hospital.proven("kim", "key-authority");
    private final Credentials doctor = story.doctor;
    private final Credentials colleague = hospital.proven(COLLEAGUE, "doctor");
    private UUID record = new UUID(0, 0);
    private String doctorsKey = "";
    private String colleaguesKey = "";

    @BeforeEach
    void twoDoctorsMayReadARecord() throws Exception {
        hospital.enrol("kim", "key-authority", Set.of());
        hospital.enrol(COLLEAGUE, "doctor", Set.of("role:doctor", CARDIOLOGY));
        record = story.record(story.owner);
        doctorsKey = granted(doctor, record);
        colleaguesKey = granted(colleague, record);
        assertThat(story.open(doctor, record, doctorsKey)).isEqualTo(NOTE);
    }

    private String granted(Credentials who, UUID what) throws Exception {
        return story.approve(story.owner, story.ask(who, what)).partialKey().orElseThrow();
    }

    private Attributes attributes(Credentials who) {
        return hospital.signIn(who).bean(Attributes.class);
    }

    private AttributeReceipt revoke() throws Exception {
        return attributes(authority).revoke(CARDIOLOGY, TestHospital.DOCTOR);
    }

    private void rewrapAll() {
        for (Hospital each : List.of(hospital.real(), hospital.twin())) {
            hospital.bean(Rewrapping.class).work(each, () -> true);
        }
    }

    private Header header(UUID of) throws Exception {
        return Header.decode(hospital.a.record(of).orElseThrow().header());
    }

    private Set<Attribute> keyOf(String realm, String subject) throws Exception {
        return TransformKey.decode(hospital.b.transformKey(realm, subject)).attributes();
    }

    private static Attribute cardiology(int epoch) {
        return Attribute.of("department", "cardiology").inEpoch(epoch);
    }

    // ------------------------------------------------------------------------------------------------------- at once

    @Test
    void whoLosesAnAttributeOpensNothingThatNeedsItFromThatMoment() throws Exception {
        revoke();

        assertThat(story.open(doctor, record, doctorsKey)).isNotEqualTo(NOTE);
        assertThat(hospital.b.transform(
                        "1",
                        TestHospital.DOCTOR,
                        hospital.a.record(record).orElseThrow().header()))
                .isEmpty();
        assertThat(keyOf("1", TestHospital.DOCTOR)).containsExactly(Attribute.of("role", "doctor"));
    }

    @Test
    void noHeaderIsTouchedBeforeTheAnswer() throws Exception {
        byte[] before = hospital.a.record(record).orElseThrow().header();
        hospital.a.calls.clear();
        revoke();

        assertThat(hospital.a.record(record).orElseThrow().header()).isEqualTo(before);
        assertThat(hospital.a.calls).doesNotContain("replaceHeaders", "recordsNaming");
    }

    @Test
    void othersOpenBeforeDuringAndAfterTheRewrapAndTheOneRegainsNothing() throws Exception {
        assertThat(story.open(colleague, record, colleaguesKey)).isEqualTo(NOTE);
        revoke();
        assertThat(story.open(colleague, record, colleaguesKey))
                .as("before the keys")
                .isEqualTo(NOTE);

        for (int pieces = 1; hospital.bean(Rewrapping.class).work(hospital.real(), () -> false); pieces++) {
            assertThat(story.open(colleague, record, colleaguesKey))
                    .as("after %s pieces", pieces)
                    .isEqualTo(NOTE);
            assertThat(story.open(doctor, record, doctorsKey))
                    .as("after %s pieces", pieces)
                    .isNotEqualTo(NOTE);
        }

        assertThat(header(record).policy().attributes()).contains(cardiology(2)).doesNotContain(cardiology(1));
        assertThat(keyOf("1", COLLEAGUE)).contains(cardiology(2)).doesNotContain(cardiology(1));
        assertThat(story.open(colleague, record, colleaguesKey)).isEqualTo(NOTE);
    }

    @Test
    void theContentIsNotTouched() throws Exception {
        byte[] before = header(record).sealedDigest();
        revoke();
        rewrapAll();

        assertThat(header(record).sealedDigest()).isEqualTo(before);
        assertThat(hospital.a.calls.stream().filter("appendContent"::equals)).hasSize(1);
        assertThat(story.open(story.owner, record, null)).isEqualTo(NOTE);
    }

    @Test
    void newRecordsNameTheNewIssueAndPeopleDoNotSeeIt() throws Exception {
        revoke();
        rewrapAll();
        UUID later = story.record(story.owner);

        assertThat(header(later).policy().attributes()).contains(cardiology(2));
        assertThat(hospital.signIn(story.owner).bean(Retrieval.class).get(later).policy())
                .isEqualTo("role:doctor and department:cardiology");
        assertThat(story.open(colleague, later, granted(colleague, later))).isEqualTo(NOTE);
    }

    @Test
    void theTwinFollows() throws Exception {
        revoke();
        rewrapAll();

        assertThat(keyOf("2", TestHospital.DOCTOR)).containsExactly(Attribute.of("role", "doctor"));
        assertThat(keyOf("2", COLLEAGUE)).contains(cardiology(2)).doesNotContain(cardiology(1));
    }

    @Test
    void whatIsRevokedInTheTwinStaysThere() throws Exception {
        Credentials low = hospital.low("kim", "key-authority");
        AttributeReceipt receipt = attributes(low).revoke(CARDIOLOGY, TestHospital.DOCTOR);

        assertThat(receipt.epochAfter()).isEqualTo(2);
        assertThat(story.open(doctor, record, doctorsKey)).isEqualTo(NOTE);
        assertThat(hospital.a.issues()).isEmpty();
        assertThat(hospital.b.issues()).hasSize(1);
    }

    // --------------------------------------------------------------------------------------------------- the receipt

    @Test
    void theReceiptSaysWhatHappenedAndVerifies() throws Exception {
        AttributeReceipt receipt = revoke();

        assertThat(receipt.epochBefore()).isEqualTo(1);
        assertThat(receipt.epochAfter()).isEqualTo(2);
        assertThat(receipt.waiting()).isEqualTo(1);
        assertThat(receipt.updated()).containsExactly("transform-key", "registration", "issue");
        assertThat(hospital.b
                        .auditEntries(receipt.auditSequence() - 1, 1)
                        .get(0)
                        .action())
                .isEqualTo("DROP");
        assertThat(receipt.statement())
                .isEqualTo(String.join(
                        "\n",
                        "sosia-attribute-revocation-1",
                        CARDIOLOGY,
                        TestHospital.DOCTOR,
                        receipt.at().toString(),
                        "kim",
                        "1",
                        "2",
                        Long.toString(receipt.auditSequence()),
                        "1",
                        String.valueOf(receipt.job()),
                        "transform-key registration issue",
                        ""));
        assertThat(verifies(receipt, receipt.statement())).isTrue();
        assertThat(verifies(receipt, receipt.statement().replace("\n1\n2\n", "\n1\n3\n")))
                .isFalse();
    }

    private boolean verifies(AttributeReceipt receipt, String statement) throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(receipt.certificate())));
        certificate.verify(hospital.real().keys().ca().getPublicKey());
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(certificate);
        check.update(statement.getBytes(UTF_8));
        return check.verify(Base64.getDecoder().decode(receipt.signature()));
    }

    @Test
    void revokingAgainChangesNothingAndSaysSo() throws Exception {
        AttributeReceipt first = revoke();
        AttributeReceipt second = revoke();

        assertThat(second.epochAfter()).isEqualTo(first.epochAfter());
        assertThat(second.job()).isEqualTo(first.job());
        assertThat(second.updated()).containsExactly("transform-key");
        assertThat(attributes(authority).jobs()).hasSize(1);
    }

    @Test
    void aRevocationThatBrokeOffIsCompletedByRepeatingIt() throws Exception {
        hospital.a.failing = "beginIssue";
        assertThatThrownBy(this::revoke).isInstanceOf(RuntimeException.class);
        assertThat(story.open(doctor, record, doctorsKey)).as("dropped already").isNotEqualTo(NOTE);

        hospital.a.failing = null;
        assertThat(revoke().updated()).contains("issue");
        rewrapAll();
        assertThat(header(record).policy().attributes()).contains(cardiology(2));
    }

    @Test
    void withoutTheMediatorNothingIsSaidToBeRevoked() {
        hospital.b.away = true;

        assertThatThrownBy(this::revoke)
                .isInstanceOfAny(StoreUnavailableException.class, jakarta.ejb.EJBException.class);
        hospital.b.away = false;
        assertThat(hospital.a.issues()).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------------- who and
    // what

    @Test
    void anAgedSignInIsNotEnough() {
        hospital.clock.pass(Duration.ofMinutes(16));

        assertThatThrownBy(this::revoke).isInstanceOf(StepUpRequiredException.class);
    }

    @Test
    void unknownPersonsAndAttributesAreRefused() {
        assertThatThrownBy(() -> attributes(authority).revoke(CARDIOLOGY, "nobody"))
                .isInstanceOf(NoSuchPersonException.class);
        assertThatThrownBy(() -> attributes(authority).revoke("department:alchemy", TestHospital.DOCTOR))
                .isInstanceOf(NoSuchAttributeException.class);
        assertThatThrownBy(() -> attributes(authority).revoke("no attribute", TestHospital.DOCTOR))
                .isInstanceOf(NoSuchAttributeException.class);
    }

    @Test
    void nobodyIsGivenMoreAttributesThanAKeyCanHold() throws Exception {
        for (int i = hospital.real()
                        .persons()
                        .find(COLLEAGUE)
                        .orElseThrow()
                        .attributes()
                        .size();
                i < RegisteredPerson.MOST_ATTRIBUTES;
                i++) {
            attributes(authority).give("project:p" + i, COLLEAGUE);
        }
        Set<Attribute> before = keyOf("1", COLLEAGUE);

        assertThatThrownBy(() -> attributes(authority).give("project:more", COLLEAGUE))
                .isInstanceOf(InvalidValueException.class);
        assertThat(keyOf("1", COLLEAGUE)).isEqualTo(before).hasSize(RegisteredPerson.MOST_ATTRIBUTES);
        attributes(authority).give(CARDIOLOGY, COLLEAGUE);
        assertThat(story.open(colleague, record, colleaguesKey)).isEqualTo(NOTE);
    }

    @Test
    void anAttributeGivenBackOpensAgainAfterTheRewrapToo() throws Exception {
        revoke();
        rewrapAll();
        AttributeView view = attributes(authority).give(CARDIOLOGY, TestHospital.DOCTOR);

        assertThat(view.holders()).extracting(AttributeView.Holder::subject).contains(TestHospital.DOCTOR);
        assertThat(view.epoch()).isEqualTo(2);
        assertThat(story.open(doctor, record, doctorsKey)).isEqualTo(NOTE);
    }

    @Test
    void whoIsTakenInAgainComesBackWithoutWhatSheLost() throws Exception {
        revoke();
        hospital.enrol("carl", "cloud-operator", Set.of());
        Credentials operator = hospital.proven("carl", "cloud-operator");
        hospital.signIn(operator).bean(Registrations.class).disable(TestHospital.DOCTOR);
        hospital.signIn(operator).bean(Registrations.class).approve(TestHospital.DOCTOR);

        assertThat(keyOf("1", TestHospital.DOCTOR)).containsExactly(Attribute.of("role", "doctor"));
        assertThat(story.open(doctor, record, doctorsKey)).isNotEqualTo(NOTE);
    }

    // ------------------------------------------------------------------------------------------------------------ jobs

    @Test
    void aJobShowsHowFarItGotAndCanBeStoppedAndGoOn() throws Exception {
        UUID job = Objects.requireNonNull(revoke().job());
        assertThat(attributes(authority).stop(job).state()).isEqualTo("STOPPED");
        rewrapAll();
        assertThat(header(record).policy().attributes()).contains(cardiology(1));
        assertThat(story.open(doctor, record, doctorsKey))
                .as("revoked all the same")
                .isNotEqualTo(NOTE);

        assertThat(attributes(authority).resume(job).state()).isEqualTo("RUNNING");
        rewrapAll();
        JobView done = attributes(authority).job(job);
        assertThat(done.state()).isEqualTo("DONE");
        assertThat(done.done()).isEqualTo(1).isEqualTo(done.total());
        assertThat(done.percent()).isEqualTo(100);
        assertThatThrownBy(() -> attributes(authority).job(UUID.randomUUID())).isInstanceOf(NoSuchJobException.class);
    }

    @Test
    void twoRevocationsOfOneAttributeLeadToTheLaterIssue() throws Exception {
        hospital.enrol("third", "doctor", Set.of("role:doctor", CARDIOLOGY));
        revoke();
        attributes(authority).revoke(CARDIOLOGY, COLLEAGUE);
        while (hospital.bean(Rewrapping.class).work(hospital.real(), () -> true)) {
            assertThat(story.open(doctor, record, doctorsKey)).isNotEqualTo(NOTE);
        }

        assertThat(header(record).policy().attributes()).contains(cardiology(3));
        Credentials third = hospital.proven("third", "doctor");
        assertThat(story.open(third, record, granted(third, record))).isEqualTo(NOTE);
        assertThat(story.open(colleague, record, colleaguesKey)).isNotEqualTo(NOTE);
    }

    @Test
    void aRecordThatDoesNotOpenHoldsTheJobUpAndSpoilsNothing() throws Exception {
        UUID sound = story.record(story.owner);
        String soundKey = granted(colleague, sound);
        var row = hospital.a.record(record).orElseThrow();
        byte[] damaged = row.header().clone();
        damaged[damaged.length - 1] ^= 1;
        hospital.a.plant(row.sealed(row.state(), row.sealedBytes(), row.metadata(), damaged, row.updatedAt()));
        UUID job = Objects.requireNonNull(revoke().job());
        rewrapAll();

        JobView held = attributes(authority).job(job);
        assertThat(held.state()).isEqualTo("STOPPED");
        assertThat(held.error()).isNotNull();
        assertThat(story.open(colleague, sound, soundKey)).isEqualTo(NOTE);

        hospital.a.plant(row);
        attributes(authority).resume(job);
        rewrapAll();
        assertThat(attributes(authority).job(job).state()).isEqualTo("DONE");
        assertThat(story.open(colleague, record, colleaguesKey)).isEqualTo(NOTE);
    }

    @Test
    void theAuthoritySeesWhoHoldsWhat() throws Exception {
        revoke();
        AttributeView view = attributes(authority).list().stream()
                .filter(each -> each.name().equals(CARDIOLOGY))
                .findFirst()
                .orElseThrow();

        assertThat(view.holders()).extracting(AttributeView.Holder::subject).containsExactly(COLLEAGUE);
        assertThat(view.moving()).isTrue();
    }
}

package org.sosia.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Credentials;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.paging.Page;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.MemoryCloud;
import org.sosia.refusal.InvalidValueException;

/** Who finds which referral by which word, and what a search leaves behind. */
class InboxTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials owner = story.owner;
    private final Credentials receiver = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private UUID record = new UUID(0, 0);
    private UUID lung = new UUID(0, 0);
    private UUID heart = new UUID(0, 0);

    @BeforeEach
    void twoReferralsAreThere() throws Exception {
        record = story.record(owner);
        lung = refer(owner, "Pneumonie", "icd10:J18.9", "left lung");
        hospital.clock.pass(Duration.ofSeconds(1));
        heart = refer(owner, "murmur", "left");
    }

    private UUID refer(Credentials who, String... words) throws Exception {
        var made = hospital.signIn(who)
                .bean(Referrals.class)
                .refer(
                        record,
                        TestHospital.OTHER_DOCTOR,
                        hospital.clock.instant().plus(Duration.ofDays(3)),
                        "second opinion",
                        List.of(words));
        return made.id();
    }

    private UUID grant(UUID request) throws Exception {
        return Objects.requireNonNull(story.sharing(receiver).get(request).grant());
    }

    private InboxResult find(Credentials who, boolean all, String... words) throws Exception {
        return hospital.signIn(who).bean(Inbox.class).find(List.of(words), all, null);
    }

    private List<UUID> all(Credentials who, String... words) throws Exception {
        return find(who, true, words).items().stream().map(RequestView::id).toList();
    }

    private List<UUID> any(Credentials who, String... words) throws Exception {
        return find(who, false, words).items().stream().map(RequestView::id).toList();
    }

    // ------------------------------------------------------------------------------------------------------- finding

    @Test
    void theReceiverFindsReferralsByTheirWordsHoweverSheWritesThem() throws Exception {
        assertThat(all(receiver, "PNEUMONIE")).containsExactly(lung);
        assertThat(all(receiver, "icd10:j189")).containsExactly(lung);
        assertThat(all(receiver, "J18.9")).containsExactly(lung);
        assertThat(all(receiver, "left")).containsExactly(heart, lung);
        assertThat(all(receiver, "left", "lung")).containsExactly(lung);
        assertThat(any(receiver, "murmur", "lung")).containsExactly(heart, lung);
        assertThat(all(receiver, "murmur", "lung")).isEmpty();
        assertThat(all(receiver, "fracture")).isEmpty();
    }

    @Test
    void whatIsFoundIsARequestAsItsListShowsIt() throws Exception {
        RequestView found = find(receiver, true, "murmur").items().get(0);
        assertThat(found)
                .isEqualTo(
                        story.sharing(receiver).requests(null, null, 10).items().get(0));
        assertThat(found.delivered()).isTrue();
    }

    @Test
    void nobodyElseFindsThem() throws Exception {
        assertThat(all(story.doctor, "left")).isEmpty();
        assertThat(find(story.doctor, true, "left").learned().referrals()).isZero();
    }

    @Test
    void whatIsTakenBackOrOverIsTestedByNeitherCloud() throws Exception {
        UUID grant = grant(heart);
        story.sharing(owner).revoke(grant);
        InboxResult left = find(receiver, true, "left");
        assertThat(left.items()).extracting(RequestView::id).containsExactly(lung);
        assertThat(left.learned().referrals()).isEqualTo(1);

        hospital.clock.pass(Duration.ofDays(3));
        assertThat(find(hospital.proven(TestHospital.OTHER_DOCTOR, "doctor"), true, "left")
                        .learned()
                        .referrals())
                .isZero();
    }

    @Test
    void oneCloudThatHasDroppedAReferralIsEnough() throws Exception {
        hospital.b.dropPad("1", grant(heart));
        assertThat(all(receiver, "left")).containsExactly(lung);
    }

    // ----------------------------------------------------------------------------------------------------------- twin

    @Test
    void inTheTwinHospitalTheSameSearchRunsOverItsOwnReferrals() throws Exception {
        Credentials lowOwner = hospital.low(TestHospital.OWNER, "data-owner");
        Credentials lowReceiver = hospital.low(TestHospital.OTHER_DOCTOR, "doctor");
        assertThat(all(lowReceiver, "left")).isEmpty();

        UUID double1 = refer(lowOwner, "murmur", "left");
        UUID double2 = refer(lowOwner, "Pneumonie", "left lung");
        assertThat(all(lowReceiver, "left")).containsExactlyInAnyOrder(double1, double2);
        assertThat(all(lowReceiver, "pneumonie")).containsExactly(double2);
        assertThat(all(receiver, "left")).containsExactly(heart, lung);
        assertThat(find(lowReceiver, true, "left", "lung").learned())
                .isEqualTo(find(receiver, true, "left", "lung").learned());
    }

    /** Both lanes ask the clouds the same questions in the same order. */
    @Test
    void bothHospitalsAskTheSame() throws Exception {
        Credentials lowReceiver = hospital.low(TestHospital.OTHER_DOCTOR, "doctor");
        Credentials lowOwner = hospital.low(TestHospital.OWNER, "data-owner");
        var unused = refer(lowOwner, "murmur", "left");
        var another = refer(lowOwner, "Pneumonie", "left lung");
        List<String> real = asked(receiver);
        assertThat(real).contains("tagged", "tagsAmong", "blind", "test");
        assertThat(asked(lowReceiver)).isEqualTo(real);
    }

    private List<String> asked(Credentials who) throws Exception {
        var unused = find(who, true, "left", "lung");
        List<String> calls = new ArrayList<>();
        List<String> questions = List.of("tagged", "tagsAmong", "testKey", "blind", "test");
        for (MemoryCloud cloud : List.of(hospital.a, hospital.b)) {
            cloud.calls.clear();
        }
        unused = find(who, true, "left", "lung");
        for (MemoryCloud cloud : List.of(hospital.a, hospital.b)) {
            calls.addAll(cloud.calls);
        }
        return calls.stream().filter(questions::contains).sorted().toList();
    }

    // ------------------------------------------------------------------------------------------------------ the limit

    @Test
    void aSearchIsCutAndSaysSoAndGoesOnAmongOlderOnes() throws Exception {
        for (int i = 0; i < Inbox.MOST_REFERRALS - 1; i++) {
            hospital.clock.pass(Duration.ofSeconds(1));
            var unused = refer(hospital.proven(TestHospital.OWNER, "data-owner"), "filler");
        }
        Credentials now = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
        InboxResult newest = find(now, true, "left");
        assertThat(newest.cut()).isTrue();
        assertThat(newest.learned().referrals()).isEqualTo(Inbox.MOST_REFERRALS);
        assertThat(newest.learned().tests()).isEqualTo(1024);
        assertThat(newest.items()).extracting(RequestView::id).containsExactly(heart);

        InboxResult older = hospital.signIn(now).bean(Inbox.class).find(List.of("left"), true, newest.next());
        assertThat(older.cut()).isFalse();
        assertThat(older.next()).isNull();
        assertThat(older.items()).extracting(RequestView::id).containsExactly(lung);
    }

    @Test
    void eachCloudAloneEndsSearchesThatGoOnForTooLong() throws Exception {
        for (MemoryCloud cloud : List.of(hospital.a, hospital.b)) {
            cloud.mostTestsAnHour = 32;
            hospital.clock.pass(Duration.ofHours(2));
            Credentials now = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
            assertThat(all(now, "left")).containsExactly(heart, lung);
            assertThatThrownBy(() -> find(now, true, "left")).isInstanceOf(TooManyTestsException.class);
            hospital.clock.pass(Duration.ofHours(2));
            assertThat(all(hospital.proven(TestHospital.OTHER_DOCTOR, "doctor"), "left"))
                    .containsExactly(heart, lung);
            cloud.mostTestsAnHour = 200_000;
        }
    }

    // -------------------------------------------------------------------------------------------------------- refusals

    @Test
    void wordsThatAreNoneTooManyOrTooLongAreRefused() {
        for (List<String> bad : List.of(
                List.<String>of(),
                List.of(" "),
                List.of("one", "two", "three", "four", "five"),
                List.of("x".repeat(65)),
                List.of("icd10:nothing"))) {
            assertThatThrownBy(() -> hospital.signIn(receiver).bean(Inbox.class).find(bad, true, null))
                    .isInstanceOf(InvalidValueException.class);
        }
        for (String cursor :
                List.of("nonsense", Page.OLDEST_FIRST, new Cursor(hospital.clock.instant(), record, true).toText())) {
            assertThatThrownBy(() -> hospital.signIn(receiver).bean(Inbox.class).find(List.of("left"), true, cursor))
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> refer(owner, "x".repeat(65))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aCloudThatIsAwayLeavesNoPartOfAnAnswer() {
        for (String call : List.of("tagged", "blind")) {
            hospital.a.failing = call;
            assertThatThrownBy(() -> find(receiver, true, "left")).isInstanceOf(Exception.class);
            hospital.a.failing = null;
        }
        for (String call : List.of("tagsAmong", "test")) {
            hospital.b.failing = call;
            assertThatThrownBy(() -> find(receiver, true, "left")).isInstanceOf(Exception.class);
            hospital.b.failing = null;
        }
    }

    @Test
    void aReferralThatIsTakenBackDuringASearchIsAnHonestError() throws Exception {
        UUID grant = grant(heart);
        hospital.b.before = call -> {
            if (call.equals("test")) {
                hospital.b.before = null;
                hospital.b.dropPad("1", grant);
            }
        };
        assertThatThrownBy(() -> find(receiver, true, "left")).isInstanceOf(StoreUnavailableException.class);
        assertThat(all(receiver, "left")).containsExactly(lung);
    }

    // --------------------------------------------------------------------------------------------------------- traces

    @Test
    void aSearchIsInTheAuditChainWithoutItsWords() throws Exception {
        var unused = find(receiver, true, "pneumonie");
        var last = hospital.a.auditEntriesBefore(Long.MAX_VALUE, 1).get(0);
        assertThat(last.action()).isEqualTo("SEARCH");
        assertThat(hospital.real().details(last))
                .containsEntry("words", "1")
                .containsEntry("referrals", "2")
                .doesNotContainValue("pneumonie");
    }
}

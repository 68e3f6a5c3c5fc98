package org.sosia.issuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.ceremony.CouncilStory;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.identity.Credentials;
import org.sosia.issuing.OrderRefusedException.Why;
import org.sosia.lane.Gate;
import org.sosia.lane.ProofResult;
import org.sosia.lane.TestHospital;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Story;

/** A person lost her retrieval key: authorities make sure of who she is, and another key takes its place. The old one opens nothing. */
class RecoveriesTest {
    private static final String SEEN = "passport seen, photograph compared";

    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final CouncilStory authorities = new CouncilStory(hospital);
    private final Credentials doctor = story.doctor;
    private UUID record = new UUID(0, 0);
    private String key = "";

    @BeforeEach
    void aRecordIsOpenToADoctor() throws Exception {
        record = story.record(story.owner);
        key = story.approve(story.owner, story.ask(doctor, record)).partialKey().orElseThrow();
    }

    private Recoveries mine(Credentials who) {
        return hospital.signIn(who).bean(Recoveries.class);
    }

    private Issuing as(String subject) {
        return hospital.signIn(authorities.authority(subject)).bean(Issuing.class);
    }

    private RetrievalKey keptKey() throws Exception {
        return hospital.real()
                .persons()
                .find(doctor.subject())
                .orElseThrow()
                .retrievalKey()
                .orElseThrow();
    }

    private byte[] request(RetrievalKey z) throws Exception {
        byte[] context = mine(doctor).challenge().getBytes(UTF_8);
        return z.request(hospital.real().keys().parameters(), context).encode();
    }

    private static void isRefused(Why why, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        OrderRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));
    }

    @Test
    void whereTheHospitalMakesKeysOneAuthoritysWordIsEnough() throws Exception {
        RetrievalKey old = keptKey();
        UUID asked = mine(doctor).ask("my laptop was stolen", null).id();
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);

        OrderView done = as("kim").give(asked, null, SEEN);

        assertThat(done.state()).isEqualTo("ISSUED");
        assertThat(keptKey().encode()).isNotEqualTo(old.encode());
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);
        RecoveryReceipt receipt =
                Objects.requireNonNull(mine(doctor).mine().get(0).receipt());
        assertThat(receipt.approvers()).containsExactly("kim");
        assertThat(receipt.before()).isNotEqualTo(receipt.after());
        assertThat(receipt.statement()).startsWith("sosia-key-recovery-1\n").contains(receipt.after());
    }

    @Test
    void withTheOldKeyNothingOpensAfterwards() throws Exception {
        RetrievalKey old = keptKey();
        as("kim").give(mine(doctor).ask("", null).id(), null, SEEN);
        // Whoever has the old key and everything else of hers, past every check: cloud B's answer does not fit it.
        byte[] header = hospital.a.record(record).orElseThrow().header();
        byte[] transformed = hospital.b
                .transform(hospital.real().realm(), doctor.subject(), header)
                .orElseThrow()
                .result();
        var decoded = org.sosia.crypto.envelope.Header.decode(header);
        var keys = hospital.real().keys();
        var slot = org.sosia.crypto.envelope.TransformedSlot.decode(transformed);

        assertThat(decoded.confirms(keys.parameters(), keys.collection(decoded.owner(), decoded), slot, old))
                .isFalse();
        assertThat(decoded.confirms(keys.parameters(), keys.collection(decoded.owner(), decoded), slot, keptKey()))
                .isTrue();
    }

    @Test
    void aPersonMayDrawHerKeyHerselfAndShowItWhenSheOpens() throws Exception {
        authorities.council(2, "kim", "kai", "kay");
        RetrievalKey own = RetrievalKey.generate();
        OrderView asked = mine(doctor).ask("I want to keep it myself", request(own));
        assertThat(asked.ownKeeping()).isTrue();
        as("kim").give(asked.id(), authorities.seatKeys.get("kim"), SEEN);
        OrderView done = as("kay").give(asked.id(), authorities.seatKeys.get("kay"), SEEN);

        assertThat(done.state()).isEqualTo("ISSUED");
        assertThat(hospital.real()
                        .persons()
                        .find(doctor.subject())
                        .orElseThrow()
                        .retrievalKey())
                .isEmpty();
        hospital.a.calls.clear();
        assertThat(story.open(doctor, record, key)).isNotEqualTo(NOTE);
        assertThat(hospital.b.calls).doesNotContain("recordWrongTry");

        Gate gate = hospital.signIn(doctor).bean(Gate.class);
        assertThat(gate.showRetrievalKey(RetrievalKey.generate().encode().exposeSecretBytes()))
                .isEqualTo(ProofResult.REFUSED);
        assertThat(gate.showRetrievalKey(new byte[] {1, 2})).isEqualTo(ProofResult.TYPING_ERROR);
        assertThat(gate.showRetrievalKey(own.encode().exposeSecretBytes())).isEqualTo(ProofResult.OPENED);
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);

        hospital.signIn(doctor).bean(Gate.class).leave();
        assertThat(story.open(doctor, record, key)).isNotEqualTo(NOTE);
    }

    // ------------------------------------------------------------------------------------------------------ attacks

    @Test
    void aRequestServesInNoOtherSignInAndNotForTheOldKey() throws Exception {
        RetrievalKey own = RetrievalKey.generate();
        byte[] recorded = request(own);
        Credentials stolen = TestHospital.in(doctor, "another-session");

        isRefused(Why.WRONG_REQUEST, () -> mine(stolen).ask("", recorded));
        byte[] forged = recorded.clone();
        forged[forged.length - 1] ^= 1;
        isRefused(Why.WRONG_REQUEST, () -> mine(doctor).ask("", forged));
        assertThatThrownBy(() -> mine(doctor).ask("", Arrays.copyOf(recorded, 10)))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> mine(doctor).ask("", request(keptKey()))).isInstanceOf(InvalidValueException.class);
        assertThat(mine(doctor).mine()).isEmpty();
    }

    @Test
    void noOneApprovesWithoutLookingOrForHerself() throws Exception {
        UUID asked = mine(doctor).ask("", null).id();
        assertThatThrownBy(() -> as("kim").give(asked, null, "  ")).isInstanceOf(InvalidValueException.class);
        UUID kims = mine(authorities.authority("kim")).ask("", null).id();

        isRefused(Why.OWN, () -> as("kim").give(kims, null, SEEN));
    }

    @Test
    void oneAuthorityOfACouncilRecoversNothing() throws Exception {
        authorities.council(2, "kim", "kai", "kay");
        RetrievalKey thiefs = RetrievalKey.generate();
        UUID asked = mine(doctor).ask("", request(thiefs)).id();
        as("kim").give(asked, authorities.seatKeys.get("kim"), SEEN);

        isRefused(Why.DECIDED, () -> as("kim").give(asked, authorities.seatKeys.get("kim"), SEEN));
        assertThat(as("kim").giveAll(Objects.requireNonNull(authorities.seatKeys.get("kim"))))
                .isZero();
        assertThat(as("kai").giveAll(Objects.requireNonNull(authorities.seatKeys.get("kai"))))
                .isZero();
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);
    }

    @Test
    void aRefusedRecoveryChangesNothing() throws Exception {
        UUID asked = mine(doctor).ask("", null).id();
        as("kim").refuse(asked);

        isRefused(Why.DECIDED, () -> as("kai").give(asked, null, SEEN));
        assertThat(story.open(doctor, record, key)).isEqualTo(NOTE);
        assertThat(mine(doctor).mine().get(0).state()).isEqualTo("REFUSED");
    }

    @Test
    void whoWasTakenOutMeanwhileGetsNoKey() throws Exception {
        UUID asked = mine(doctor).ask("", null).id();
        var persons = hospital.real().persons();
        persons.disable(
                doctor.subject(),
                hospital.clock.instant(),
                hospital.real().event(doctor, "DISABLE", null, java.util.Map.of()));

        isRefused(Why.OUTDATED, () -> as("kim").give(asked, null, SEEN));
        assertThat(hospital.b.transform(
                        hospital.real().realm(),
                        doctor.subject(),
                        hospital.a.record(record).orElseThrow().header()))
                .isEmpty();
    }
}

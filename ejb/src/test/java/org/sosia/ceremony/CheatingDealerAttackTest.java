package org.sosia.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.keys.Council;
import org.sosia.keys.Keyring;
import org.sosia.lane.Hospital;
import org.sosia.lane.TestHospital;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.IncidentFilter;

/**
 * Somebody who deals runs a program of her own: it publishes proper commitments and gives one member, and only her, a share of something
 * else, or garbage. She wants a council that seems to be in office and cannot act, or in which that member's parts are wrong, so that
 * others take the blame. She succeeds if the council takes office, or if somebody else is named.
 */
class CheatingDealerAttackTest {

    private static final String VICTIM = "kay";
    private static final int MAX_BYTES = 1 << 16;

    private final TestHospital hospital = new TestHospital();
    private final CouncilStory story = new CouncilStory(hospital);
    private Map<String, String> before = new TreeMap<>();

    @BeforeEach
    void aCouncilIsInOffice() throws Exception {
        story.council(2, "kim", "kai", VICTIM);
        before = new TreeMap<>(story.seatKeys);
    }

    private Council council() throws Exception {
        return hospital.real().keys().council().orElseThrow();
    }

    private CeremonyView now() throws Exception {
        return Objects.requireNonNull(story.as("kim").view().ceremony());
    }

    private String seatKey(Map<String, String> keys, String member) {
        return Objects.requireNonNull(keys.get(member));
    }

    /** The next council's seats are taken, and the present members have dealt as they should. */
    private UUID dealt() throws Exception {
        UUID ceremony = story.seated(2, "kim", "kai", VICTIM);
        for (CeremonyView.DealerView dealer : now().dealers()) {
            story.as(dealer.subject()).deal(ceremony, seatKey(before, dealer.subject()));
        }
        assertThat(now().state()).isEqualTo(CeremonyState.RECEIVING);
        return ceremony;
    }

    /** What a dealer sent to one member is another thing than she published; all else of hers stays as it was. */
    private interface Lie {
        byte[] insteadFor(Chair chair, Proceedings at) throws Exception;
    }

    private void lie(String dealer, Lie lie) throws Exception {
        Hospital real = hospital.real();
        Keyring.Draft draft = real.keys().draft(Proceedings.DRAFT);
        Proceedings at = Proceedings.decode(draft.content()).orElseThrow();
        Chair victim = at.chairOf(VICTIM).orElseThrow();
        Hand honest = at.handOf(dealer).orElseThrow();
        ByteWriter writer = new ByteWriter()
                .u8(honest.number())
                .sized(dealer.getBytes(StandardCharsets.UTF_8))
                .sized(honest.published())
                .u8(at.chairs().size());
        for (Chair chair : at.chairs()) {
            writer.sized(chair.number() == victim.number() ? lie.insteadFor(chair, at) : honest.sealedFor(chair));
        }
        Hand lying = Hand.read(new ByteReader(writer.toByteArray(), MAX_BYTES));
        AuditEvent event = real.event(story.authority(dealer), "DEAL", at.id(), Map.of());
        real.keys().redraft(draft, at.with(lying).encode(), event);
    }

    /** A share of the dealer's own, of other polynomials than those she committed to. */
    private byte[] ofAnotherDealing(String dealer, Chair chair, Proceedings at) throws Exception {
        Council present = council();
        Council.Seat seat = present.seatOf(dealer).orElseThrow();
        List<Integer> dealers = at.hands().stream().map(Hand::number).toList();
        Dealer other =
                Dealer.renewing(present.open(seat, SeatKey.parse(seatKey(before, dealer))), dealers, at.quorum());
        return chair.seal(at.id(), other.shareFor(chair.number()));
    }

    private void nothingWasTakenOver(String cheater, Council present) throws Exception {
        CeremonyView ended = now();
        assertThat(ended.state()).isEqualTo(CeremonyState.FAILED);
        assertThat(ended.cheater()).isEqualTo(cheater);
        assertThat(council().generation()).isEqualTo(present.generation());
        assertThat(council().parameters().encode())
                .isEqualTo(present.parameters().encode());
        for (String member : List.of("kim", "kai", VICTIM)) {
            assertThat(council().open(council().seatOf(member).orElseThrow(), SeatKey.parse(seatKey(before, member))))
                    .as("the seat of %s opens as before", member)
                    .isNotNull();
        }
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 100)))
                .as("the desk was told")
                .isNotEmpty();
        assertThat(hospital.a.actionsOn(ended.id())).endsWith("CHEAT");
    }

    @Test
    void aShareOfSomethingElseNamesWhoDealtItWhoeverReceivesFirst() throws Exception {
        Council present = council();
        UUID ceremony = dealt();
        String cheater = now().dealers().get(0).subject();
        lie(cheater, (chair, at) -> ofAnotherDealing(cheater, chair, at));

        // Those whom she gave what she published find nothing wrong, and that is not the end.
        for (String member : List.of("kim", "kai")) {
            assertThat(story.as(member)
                            .receive(ceremony, seatKey(story.seatKeys, member))
                            .state())
                    .isEqualTo(CeremonyState.RECEIVING);
        }
        assertThat(story.as(VICTIM)
                        .receive(ceremony, seatKey(story.seatKeys, VICTIM))
                        .cheater())
                .isEqualTo(cheater);

        nothingWasTakenOver(cheater, present);
    }

    @Test
    void garbageNamesWhoSentItAndNotTheOtherDealer() throws Exception {
        Council present = council();
        UUID ceremony = dealt();
        String cheater = now().dealers().get(1).subject();
        lie(cheater, (chair, at) -> new byte[] {1, 2, 3});

        story.as(VICTIM).receive(ceremony, seatKey(story.seatKeys, VICTIM));

        nothingWasTakenOver(cheater, present);
    }

    @Test
    void aShareThatWasMeantForAnotherMemberNamesWhoSentItThere() throws Exception {
        Council present = council();
        UUID ceremony = dealt();
        String cheater = now().dealers().get(0).subject();
        lie(
                cheater,
                (chair, at) -> at.handOf(cheater)
                        .orElseThrow()
                        .sealedFor(at.chairOf("kai").orElseThrow()));

        story.as(VICTIM).receive(ceremony, seatKey(story.seatKeys, VICTIM));

        nothingWasTakenOver(cheater, present);
    }

    @Test
    void afterwardsNobodyReceivesAndAnotherCeremonyCanBegin() throws Exception {
        UUID ceremony = dealt();
        String cheater = now().dealers().get(0).subject();
        lie(cheater, (chair, at) -> ofAnotherDealing(cheater, chair, at));
        story.as(VICTIM).receive(ceremony, seatKey(story.seatKeys, VICTIM));

        assertThatThrownBy(() -> story.as("kai").receive(ceremony, seatKey(story.seatKeys, "kai")))
                .isInstanceOf(CeremonyRefusedException.class);
        story.seatKeys.putAll(before);
        assertThat(story.council(2, "kim", "kai", VICTIM).state()).isEqualTo(CeremonyState.DONE);
        assertThat(council().generation()).isEqualTo(2);
    }

    /** The victim may be the one who lies: a proper share that she calls improper is checked by everybody's own eyes. */
    @Test
    void whoWasGivenAProperShareCannotAccuse() throws Exception {
        UUID ceremony = dealt();

        assertThat(story.as(VICTIM)
                        .receive(ceremony, seatKey(story.seatKeys, VICTIM))
                        .cheater())
                .isNull();
    }
}

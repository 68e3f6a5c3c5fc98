package org.sosia.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.ceremony.CeremonyRefusedException.Why;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.Council;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Story;

/** Key authorities take the hospital's master key into their own hands, and pass it on; what was sealed before opens as before. */
class CeremoniesTest {
    private final Story story = new Story();
    private final CouncilStory authorities = new CouncilStory(story.hospital);

    private static void isRefused(Why why, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        CeremonyRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));
    }

    private Council council() throws Exception {
        return story.hospital.real().keys().council().orElseThrow();
    }

    private AuthorityShare share(String subject) throws Exception {
        Council council = council();
        return council.open(
                council.seatOf(subject).orElseThrow(),
                SeatKey.parse(Objects.requireNonNull(authorities.seatKeys.get(subject))));
    }

    @Test
    void oneAuthorityIsTheDefault() throws Exception {
        AuthoritiesView view = authorities.as("kim").view();

        assertThat(view.mode()).isEqualTo("ONE");
        assertThat(view.threshold()).isEqualTo(1);
        assertThat(view.ceremony()).isNull();
        assertThat(authorities.as("kim").candidates())
                .extracting(Candidate::subject)
                .containsExactly("kai", "kay", "kim");
    }

    @Test
    void theMasterKeyPassesIntoTheHandsOfThreeAndNothingElseChanges() throws Exception {
        PublicParameters before = story.hospital.real().keys().parameters();
        UUID record = story.record(story.owner);
        String key = story.approve(story.owner, story.ask(story.doctor, record))
                .partialKey()
                .orElseThrow();

        CeremonyView done = authorities.council(2, "kim", "kai", "kay");

        assertThat(done.state()).isEqualTo(CeremonyState.DONE);
        assertThat(story.hospital.real().keys().parameters()).isEqualTo(before);
        assertThat(story.open(story.doctor, record, key)).isEqualTo(NOTE);
        AuthoritiesView view = authorities.as("kim").view();
        assertThat(view.mode()).isEqualTo("SEVERAL");
        assertThat(view.threshold()).isEqualTo(2);
        assertThat(view.generation()).isEqualTo(1);
        assertThat(view.seats()).extracting(AuthoritiesView.Seat::subject).containsExactly("kim", "kai", "kay");
        assertThat(view.digest()).isEqualTo(done.digest());
        assertThat(Base64.getDecoder().decode(Objects.requireNonNull(view.commitments())))
                .isEqualTo(council().parameters().encode());
        MasterSecretKey master = council().parameters().restore(List.of(share("kim"), share("kay")));
        assertThat(master.publicParameters()).isEqualTo(before);
    }

    @Test
    void everyStepIsInTheAuditChain() throws Exception {
        UUID ceremony = authorities.council(2, "kim", "kai", "kay").id();

        assertThat(story.hospital.a.actionsOn(ceremony))
                .containsExactly("CONVENE", "SEAT", "SEAT", "SEAT", "DEAL", "RECEIVE", "RECEIVE", "CONSTITUTE");
    }

    @Test
    void aCouncilPassesItsSharesOnAndOldOnesNoLongerFit() throws Exception {
        authorities.council(2, "kim", "kai", "kay");
        PublicParameters before = story.hospital.real().keys().parameters();
        AuthorityShare old = share("kim");
        story.hospital.enrol("kit", "key-authority", java.util.Set.of());

        CeremonyView done = authorities.council(3, "kai", "kay", "kit");

        assertThat(done.kind()).isEqualTo("RENEWAL");
        assertThat(council().generation()).isEqualTo(2);
        assertThat(story.hospital.real().keys().parameters()).isEqualTo(before);
        assertThat(council()
                        .parameters()
                        .restore(List.of(share("kai"), share("kay"), share("kit")))
                        .publicParameters())
                .isEqualTo(before);
        assertThatThrownBy(() -> council().parameters().restore(List.of(old, share("kai"), share("kay"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void progressIsSeenByAllAndShownUntilTheEnd() throws Exception {
        UUID ceremony = authorities.seated(2, "kim", "kai");

        CeremonyView shown = Objects.requireNonNull(authorities.as("kay").view().ceremony());
        assertThat(shown.state()).isEqualTo(CeremonyState.RECEIVING);
        assertThat(shown.digest()).isNotNull();
        assertThat(shown.members()).allMatch(CeremonyView.Member::seated);
        assertThat(shown.dealers())
                .singleElement()
                .satisfies(dealer -> assertThat(dealer.dealing()).isNotNull());
        authorities.as("kai").receive(ceremony, Objects.requireNonNull(authorities.seatKeys.get("kai")));
        shown = Objects.requireNonNull(authorities.as("kay").view().ceremony());
        assertThat(shown.members()).extracting(CeremonyView.Member::received).containsExactly(false, true);
        assertThat(story.hospital.real().keys().council()).isEmpty();
    }

    @Test
    void aCeremonyThatIsGivenUpChangesNothing() throws Exception {
        UUID ceremony = authorities.seated(2, "kim", "kai");
        authorities.as("kim").abandon(ceremony);

        assertThat(story.hospital.real().keys().council()).isEmpty();
        isRefused(
                Why.NOT_NOW,
                () -> authorities.as("kim").receive(ceremony, Objects.requireNonNull(authorities.seatKeys.get("kim"))));
        assertThat(authorities.council(2, "kim", "kai").state()).isEqualTo(CeremonyState.DONE);
    }

    @Test
    void everybodyTakesHerOwnStepsOnceAndInTurn() throws Exception {
        UUID ceremony =
                authorities.as("kim").begin(2, List.of("kim", "kai"), List.of()).id();
        isRefused(Why.UNDER_WAY, () -> authorities.as("kay").begin(2, List.of("kim", "kay"), List.of()));
        isRefused(Why.NOT_YOURS, () -> authorities.as("kay").takeSeat(ceremony));
        String key = authorities.as("kim").takeSeat(ceremony).revealSeatKey();
        isRefused(Why.NOT_NOW, () -> authorities.as("kim").takeSeat(ceremony));
        isRefused(Why.NOT_NOW, () -> authorities.as("kim").receive(ceremony, key));
        authorities.as("kai").takeSeat(ceremony);
        String another = SeatKey.random().revealText();
        isRefused(Why.WRONG_SEAT_KEY, () -> authorities.as("kim").receive(ceremony, another));
        isRefused(Why.WRONG_SEAT_KEY, () -> authorities.as("kai").receive(ceremony, key));
        assertThatThrownBy(() -> authorities.as("kim").receive(ceremony, "0000"))
                .isInstanceOf(TypingErrorException.class);
        authorities.as("kim").receive(ceremony, key);
        isRefused(Why.NOT_NOW, () -> authorities.as("kim").receive(ceremony, key));
        assertThatThrownBy(() -> authorities.as("kim").abandon(UUID.randomUUID()))
                .isInstanceOf(NoSuchCeremonyException.class);
    }

    @Test
    void onlyApprovedKeyAuthoritiesSitInACouncilAndAtLeastTwoAct() {
        for (List<String> members : List.of(List.of("kim", "dora"), List.of("kim", "nobody"), List.of("kim", "kim"))) {
            assertThatThrownBy(() -> authorities.as("kim").begin(2, members, List.of()))
                    .isInstanceOf(InvalidValueException.class);
        }
        for (int threshold : new int[] {-1, 0, 1, 4}) {
            assertThatThrownBy(() -> authorities.as("kim").begin(threshold, List.of("kim", "kai", "kay"), List.of()))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void anOldSignInTakesNoStep() {
        story.hospital.clock.pass(Duration.ofMinutes(1));
        var aged = authorities.authority("kim");
        story.hospital.clock.pass(Duration.ofMinutes(20));

        assertThatThrownBy(() ->
                        story.hospital.signIn(aged).bean(Ceremonies.class).begin(2, List.of("kim", "kai"), List.of()))
                .isInstanceOf(StepUpRequiredException.class);
    }

    @Test
    void theTwinsCeremonyIsTheTwins() throws Exception {
        story.hospital
                .signIn(story.hospital.low("kim", "key-authority"))
                .bean(Ceremonies.class)
                .begin(2, List.of("kim", "kai"), List.of());

        assertThat(authorities.as("kim").view().ceremony()).isNull();
    }
}

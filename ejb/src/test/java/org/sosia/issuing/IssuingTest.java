package org.sosia.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.attributes.Attributes;
import org.sosia.ceremony.CouncilStory;
import org.sosia.identity.Credentials;
import org.sosia.issuing.OrderRefusedException.Why;
import org.sosia.sharing.Story;

/** A council of two among three makes persons' keys: nothing opens for a person before enough of it agreed. */
class IssuingTest {
    private final Story story = new Story();
    private final CouncilStory authorities = new CouncilStory(story.hospital);
    private final Credentials carol = story.hospital.proven("carol", "doctor");
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aCouncil() throws Exception {
        record = story.record(story.owner);
        authorities.council(2, "kim", "kai", "kay");
        story.hospital.enrol("carol", "doctor", Set.of("role:doctor", "department:cardiology"));
    }

    private Issuing as(String subject) {
        return story.hospital.signIn(authorities.authority(subject)).bean(Issuing.class);
    }

    private String seatKey(String subject) {
        return Objects.requireNonNull(authorities.seatKeys.get(subject));
    }

    private OrderView waiting() throws Exception {
        return as("kim").waiting().get(0);
    }

    private static void isRefused(Why why, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        OrderRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));
    }

    @Test
    void aNewPersonsKeyIsMadeByEnoughAuthorities() throws Exception {
        String key = story.approve(story.owner, story.ask(carol, record))
                .partialKey()
                .orElseThrow();
        assertThat(waiting().subject()).isEqualTo("carol");
        assertThat(waiting().attributes()).containsExactly("department:cardiology", "role:doctor");
        assertThat(story.open(carol, record, key)).isNotEqualTo(NOTE);

        OrderView first = as("kim").give(waiting().id(), seatKey("kim"), "");
        assertThat(first.state()).isEqualTo("WAITING");
        assertThat(first.parts()).isEqualTo(1);
        assertThat(first.mine()).isTrue();
        assertThat(story.hospital.signIn(carol).bean(Recoveries.class).mine()).isEmpty();
        OrderView second = as("kay").give(first.id(), seatKey("kay"), "");

        assertThat(second.state()).isEqualTo("ISSUED");
        assertThat(as("kim").waiting()).isEmpty();
        assertThat(story.open(carol, record, key)).isEqualTo(NOTE);
        assertThat(story.hospital.a.actionsOn(first.id())).containsExactly("PART", "PART", "ISSUE", "DECIDE");
    }

    @Test
    void anAuthorityGivesToAllThatWaitAtOnce() throws Exception {
        story.hospital.enrol("cora", "doctor", Set.of("role:doctor"));

        assertThat(as("kim").giveAll(seatKey("kim"))).isEqualTo(2);
        assertThat(as("kim").giveAll(seatKey("kim"))).isZero();
        assertThat(as("kai").giveAll(seatKey("kai"))).isEqualTo(2);
        assertThat(as("kai").waiting()).isEmpty();
    }

    @Test
    void anOrderFollowsWhatThePersonHolds() throws Exception {
        UUID before = waiting().id();
        as("kim").give(before, seatKey("kim"), "");
        story.hospital
                .signIn(authorities.authority("kay"))
                .bean(Attributes.class)
                .give("department:oncology", "carol");

        assertThat(as("kim").get(before).state()).isEqualTo("REPLACED");
        assertThat(waiting().attributes()).contains("department:oncology");
        assertThat(waiting().reason()).isEqualTo("FIRST");
        assertThat(waiting().parts()).isZero();
        isRefused(Why.DECIDED, () -> as("kai").give(before, seatKey("kai"), ""));
    }

    @Test
    void nobodyHelpsToMakeHerOwnKey() throws Exception {
        story.hospital
                .signIn(authorities.authority("kay"))
                .bean(Attributes.class)
                .give("emergency:trustee", "kim");
        List<OrderView> orders = as("kai").waiting();
        UUID kims = orders.stream()
                .filter(order -> order.subject().equals("kim"))
                .findFirst()
                .orElseThrow()
                .id();

        isRefused(Why.OWN, () -> as("kim").give(kims, seatKey("kim"), ""));
        assertThat(as("kim").giveAll(seatKey("kim"))).isEqualTo(orders.size() - 1);
    }

    @Test
    void whatTheHospitalNeedsCannotBeRefused() throws Exception {
        UUID order = waiting().id();

        isRefused(Why.NOT_REFUSABLE, () -> as("kim").refuse(order));
        assertThatThrownBy(() -> as("kim").refuse(UUID.randomUUID())).isInstanceOf(NoSuchOrderException.class);
    }

    @Test
    void aRevocationWaitsForTheCouncilButHoldsAtOnce() throws Exception {
        as("kim").giveAll(seatKey("kim"));
        as("kai").giveAll(seatKey("kai"));
        String carols = story.approve(story.owner, story.ask(carol, record))
                .partialKey()
                .orElseThrow();
        assertThat(story.open(carol, record, carols)).isEqualTo(NOTE);
        String doras = story.approve(story.owner, story.ask(story.doctor, record))
                .partialKey()
                .orElseThrow();

        story.hospital
                .signIn(authorities.authority("kim"))
                .bean(Attributes.class)
                .revoke("department:cardiology", "carol");
        assertThat(story.open(carol, record, carols)).isNotEqualTo(NOTE);
        assertThat(story.open(story.doctor, record, doras)).isEqualTo(NOTE);
    }
}

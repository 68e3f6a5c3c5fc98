package org.sosia.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sosia.sharing.Story.NOTE;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.alerts.Alerts;
import org.sosia.alerts.IncidentView;
import org.sosia.ceremony.CouncilStory;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.PartialTransformKey;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.policy.Attribute;
import org.sosia.identity.Credentials;
import org.sosia.issuing.OrderRefusedException.Why;
import org.sosia.keys.Council;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.CommissionPart;
import org.sosia.sharing.Story;

/**
 * One authority of a council of two among three wants a key for an accomplice. She gives her part twice, in another's name, for more than the
 * order says, with a share of her own invention, or again what somebody gave for another order; with the store's operator she puts
 * parts into the store. At last she leaves all checks aside and makes a transform key of her one part: it opens nothing.
 */
class TooFewAuthoritiesAttackTest {
    private final Story story = new Story();
    private final CouncilStory authorities = new CouncilStory(story.hospital);
    private final Credentials carol = story.hospital.proven("carol", "doctor");
    private UUID record = new UUID(0, 0);
    private UUID order = record;
    private String partialKey = "";

    @BeforeEach
    void anOrderForAnAccomplice() throws Exception {
        record = story.record(story.owner);
        authorities.council(2, "kim", "kai", "kay");
        story.hospital.enrol("carol", "doctor", Set.of("role:doctor", "department:cardiology"));
        partialKey = story.approve(story.owner, story.ask(carol, record))
                .partialKey()
                .orElseThrow();
        order = as("kim").waiting().get(0).id();
    }

    private Issuing as(String subject) {
        return story.hospital.signIn(authorities.authority(subject)).bean(Issuing.class);
    }

    private SeatKey seatKey(String subject) throws Exception {
        return SeatKey.parse(Objects.requireNonNull(authorities.seatKeys.get(subject)));
    }

    private Council council() throws Exception {
        return story.hospital.real().keys().council().orElseThrow();
    }

    /** A share as its authority opens it in a program of her own. */
    private AuthorityShare share(String subject) throws Exception {
        return council().open(council().seatOf(subject).orElseThrow(), seatKey(subject));
    }

    private RetrievalImage image() throws Exception {
        return RetrievalImage.decode(
                Base64.getDecoder().decode(as("kim").get(order).image()));
    }

    private Set<Attribute> issues() throws Exception {
        Set<Attribute> issues = new HashSet<>();
        for (String issue : as("kim").get(order).issues()) {
            issues.add(Attribute.parse(issue));
        }
        return issues;
    }

    private static void isRefused(Why why, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        OrderRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));
    }

    private void nothingWasIssued() throws Exception {
        assertThat(as("kim").get(order).state()).isEqualTo("WAITING");
        assertThat(story.open(carol, record, partialKey)).isNotEqualTo(NOTE);
        assertThat(story.hospital.a.actionsOn(order)).doesNotContain("ISSUE");
    }

    private List<IncidentView> incidents() throws Exception {
        story.hospital.enrol("sam", "security-desk", Set.of());
        return story.hospital
                .signIn(story.hospital.proven("sam", "security-desk"))
                .bean(Alerts.class)
                .list(null, null, null, 20)
                .items();
    }

    @Test
    void onePartIsNotTwo() throws Exception {
        String key = seatKey("kim").revealText();
        as("kim").give(order, key, "");

        isRefused(Why.DECIDED, () -> as("kim").give(order, key, ""));
        byte[] fresh = share("kim").issue(image(), issues()).encode();
        isRefused(Why.DECIDED, () -> as("kim").givePart(order, fresh, ""));
        nothingWasIssued();
    }

    @Test
    void aPartInAnothersNameNamesWhoHandedItIn() throws Exception {
        byte[] kais = share("kai").issue(image(), issues()).encode();

        isRefused(Why.WRONG_PART, () -> as("kim").givePart(order, kais, ""));
        nothingWasIssued();
        assertThat(story.hospital.a.actionsOn(order)).contains("CHEAT");
        assertThat(incidents())
                .anySatisfy(incident -> assertThat(incident.technique()).isEqualTo("tampering"));
    }

    @Test
    void aPartForMoreThanTheOrderSaysOrForAnotherKeyIsWrong() throws Exception {
        Set<Attribute> more = new HashSet<>(issues());
        more.add(Attribute.of("department", "oncology"));
        byte[] greedy = share("kim").issue(image(), more).encode();
        RetrievalImage hers = org.sosia.crypto.abe.RetrievalKey.generate()
                .image(council().parameters().publicParameters());
        byte[] forAnother = share("kim").issue(hers, issues()).encode();

        isRefused(Why.WRONG_PART, () -> as("kim").givePart(order, greedy, ""));
        isRefused(Why.WRONG_PART, () -> as("kim").givePart(order, forAnother, ""));
        nothingWasIssued();
    }

    @Test
    void aStrangersSeatKeyAndAnAuthorityWithoutSeatGiveNothing() throws Exception {
        story.hospital.enrol("kit", "key-authority", Set.of());
        String kims = seatKey("kim").revealText();

        isRefused(Why.NO_SEAT, () -> as("kit").give(order, kims, ""));
        isRefused(Why.WRONG_SEAT_KEY, () -> as("kai").give(order, kims, ""));
        isRefused(Why.NO_SEAT, () -> as("kit").giveAll(kims));
        nothingWasIssued();
    }

    @Test
    void whatWasGivenForAnotherOrderDoesNotCountAgain() throws Exception {
        byte[] recorded = share("kai").issue(image(), issues()).encode();
        as("kai").givePart(order, recorded, "");
        // What carol holds changes and changes back: an order like the first one, for the same key.
        var attributes = org.sosia.attributes.Attributes.class;
        story.hospital.signIn(authorities.authority("kay")).bean(attributes).give("department:oncology", "carol");
        RegisteredPerson asBefore =
                story.hospital.real().persons().find("carol").orElseThrow();
        assertThat(asBefore.holds(Attribute.of("department", "oncology"))).isTrue();
        UUID replaced = order;
        order = as("kim").waiting().get(0).id();
        assertThat(order).isNotEqualTo(replaced);

        isRefused(Why.WRONG_PART, () -> as("kai").givePart(order, recorded, ""));
        nothingWasIssued();
    }

    @Test
    void aPartThatWasTakenOnceIsNotTakenAgainForTheSameKey() throws Exception {
        byte[] recorded = share("kai").issue(image(), issues()).encode();
        as("kai").givePart(order, recorded, "");
        var store = story.hospital.a;
        var same = store.commission(order).orElseThrow();
        UUID again = UUID.randomUUID();
        byte[] facts = org.sosia.keys.KeyOrder.open(story.hospital.real().keys(), same)
                .seal(story.hospital.real().keys(), again);
        store.placeCommission(org.sosia.persistence.Commission.waiting(
                again, "carol", "FIRST", story.hospital.clock.instant(), facts));
        order = again;

        isRefused(Why.DECIDED, () -> as("kai").givePart(order, recorded, ""));
        nothingWasIssued();
    }

    @Test
    void partsThatTheStoresOperatorPlantsAreNotRead() throws Exception {
        as("kim").give(order, seatKey("kim").revealText(), "");
        List<CommissionPart> planted = new ArrayList<>(story.hospital.a.commissionParts(order));
        CommissionPart kims = planted.get(0);
        planted.add(new CommissionPart("kai", kims.at(), kims.sealed()));
        story.hospital.a.plantParts(order, planted);

        assertThatThrownBy(() -> as("kay").give(order, seatKey("kay").revealText(), ""))
                .isInstanceOf(IntegrityException.class);
        nothingWasIssued();
    }

    @Test
    void oneShareMakesNoKeyWhateverIsDoneWithIt() throws Exception {
        PartialTransformKey part = share("kim").issue(image(), issues());
        QuorumParameters parameters = council().parameters();
        assertThatThrownBy(() -> parameters.combine(image(), issues(), List.of(part)))
                .isInstanceOf(IllegalArgumentException.class);

        // Around every check: the part itself, handed to the mediator as if it were the key.
        byte[] encoded = part.encode();
        byte[] bare = java.util.Arrays.copyOfRange(encoded, 2 + 3 * 32 + 2, encoded.length);
        assertThat(TransformKey.decode(bare).attributes()).isEqualTo(issues());
        story.hospital.b.plantTransformKey(story.hospital.real().realm(), "carol", bare);
        assertThatThrownBy(() -> story.open(carol, record, partialKey)).isInstanceOf(IntegrityException.class);
        assertThat(story.hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
    }
}

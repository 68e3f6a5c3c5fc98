package org.sosia.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.identity.Credentials;
import org.sosia.incidents.Incidents;
import org.sosia.incidents.Technique;
import org.sosia.lane.TestHospital;
import org.sosia.sharing.Story;

class AlertsTest {
    private final Story story = new Story();
    private final TestHospital hospital = story.hospital;
    private final Credentials desk = hospital.proven("sam", "security-desk");

    @BeforeEach
    void aDeskIsThere() {
        hospital.enrol("sam", "security-desk", Set.of());
    }

    private Alerts alerts(Credentials who) {
        return hospital.signIn(who).bean(Alerts.class);
    }

    private UUID raise(Credentials who, Technique technique, @Nullable UUID record) {
        var twin = hospital.twin();
        return hospital.bean(Incidents.class)
                .raise(
                        twin.store(),
                        twin.keys(),
                        who,
                        technique,
                        record,
                        twin.event(who, "NOTICE", record, Map.of()),
                        hospital.clock.instant());
    }

    private List<IncidentView> all(@Nullable IncidentState state, int limit) throws Exception {
        List<IncidentView> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            var page = alerts(desk).list(state, null, after, limit);
            found.addAll(page.items());
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    void aWrongKeyIsOneIncidentHoweverOftenItIsTried() throws Exception {
        UUID record = story.record(story.owner);
        story.approve(story.owner, story.ask(story.doctor, record));

        story.open(story.doctor, record, PartialKey.random().revealText());
        story.open(story.doctor, record, PartialKey.random().revealText());

        assertThat(all(null, 10)).singleElement().satisfies(incident -> {
            assertThat(incident.technique()).isEqualTo("wrong-partial-key");
            assertThat(incident.subject()).isEqualTo(TestHospital.DOCTOR);
            assertThat(incident.source()).isEqualTo("192.0.2.7");
            assertThat(incident.record()).isEqualTo(record);
            assertThat(incident.count()).isEqualTo(2);
            assertThat(incident.state()).isEqualTo(IncidentState.OPEN);
        });
    }

    @Test
    void afterAQuarterOfAnHourItIsAnotherIncident() throws Exception {
        UUID first = raise(story.doctor, Technique.CANARY, null);
        assertThat(raise(story.doctor, Technique.CANARY, null)).isEqualTo(first);
        hospital.clock.pass(Duration.ofMinutes(16));

        assertThat(raise(story.doctor, Technique.CANARY, null)).isNotEqualTo(first);
    }

    @Test
    void anotherSubjectTechniqueOrRecordIsAnotherIncident() {
        UUID first = raise(story.doctor, Technique.CANARY, null);

        assertThat(raise(story.owner, Technique.CANARY, null)).isNotEqualTo(first);
        assertThat(raise(story.doctor, Technique.TAMPERING, null)).isNotEqualTo(first);
        assertThat(raise(story.doctor, Technique.CANARY, new UUID(1, 1))).isNotEqualTo(first);
    }

    @Test
    void theNewestComeFirstPageByPage() throws Exception {
        List<UUID> raised = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hospital.clock.pass(Duration.ofSeconds(1));
            raised.add(0, raise(story.doctor, Technique.CANARY, new UUID(0, i)));
        }

        assertThat(all(null, 2).stream().map(IncidentView::id)).containsExactlyElementsOf(raised);
    }

    @Test
    void lookingIsSaidOnce() throws Exception {
        UUID id = raise(story.doctor, Technique.CANARY, null);

        assertThat(alerts(desk).acknowledge(id).state()).isEqualTo(IncidentState.ACKNOWLEDGED);
        assertThat(alerts(desk).acknowledge(id).state()).isEqualTo(IncidentState.ACKNOWLEDGED);

        assertThat(all(IncidentState.OPEN, 10)).isEmpty();
        assertThat(all(IncidentState.ACKNOWLEDGED, 10)).hasSize(1);
        assertThat(hospital.b.actionsOn(id)).containsExactly("ACKNOWLEDGE");
    }

    @Test
    void whoOnlyClaimsToBeTheDeskFindsItQuiet() throws Exception {
        UUID id = raise(story.doctor, Technique.CANARY, null);
        Credentials low = hospital.low("sam", "security-desk");

        assertThat(alerts(low).list(null, null, null, 10).items()).isEmpty();
        assertThatThrownBy(() -> alerts(low).get(id)).isInstanceOf(NoSuchIncidentException.class);
        assertThatThrownBy(() -> alerts(low).acknowledge(id)).isInstanceOf(NoSuchIncidentException.class);
        assertThat(alerts(desk).get(id).state()).isEqualTo(IncidentState.OPEN);
    }

    @Test
    void theStoreDoesNotReadWhoItWas() {
        raise(hospital.proven("xylophagous", "doctor"), Technique.CANARY, null);

        assertThat(new String(hospital.b.dump(), StandardCharsets.ISO_8859_1)).doesNotContain("xylophagous");
    }
}

package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever signs in as a planted account, or guesses until a sign-in gives way, works in the twin hospital, and the desk knows. */
class DeceivedSignInIT {

    /** The provider's threshold, and some: in the demo realm the thirty-first different wrong pair succeeds. */
    private static final int GUESSES = 40;

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);
    private final byte[] original = Samples.dicom("CT_small.dcm");
    private final String record = journey.upload("imaging", "CT_small.dcm", "application/dicom", original)
            .getString("id");

    private List<JsonObject> honeyIncidents() {
        return system.as("security-desk").get("/alerts?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .filter(item -> item.getString("technique").equals("honey-account"))
                .toList();
    }

    private long unwrappedAtA() throws SQLException {
        try (var store = system.inside('a');
                var count =
                        store.prepareStatement("SELECT count(*) FROM entry WHERE action = 'UNWRAP' AND object = ?")) {
            count.setObject(1, UUID.fromString(record));
            try (var row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Set<String> names(Api person) {
        return person.get("/patients?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids(Api person) {
        return person.get("/records?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything that this account can reach is the twin's, whatever key it shows. */
    private void seesTheTwinOnly(Api intruder, String key) throws SQLException {
        byte[] twin = doctor.get("/records/" + record + "/content").expect(200).bytes();
        long unwrapped = unwrappedAtA();
        int logged = system.serverLog().size();

        // What other intruders have uploaded is there, too; and what becomes visible meanwhile.
        Set<String> seen = ids(doctor);
        assertThat(ids(intruder)).as("the same list").containsAll(seen);
        assertThat(names(intruder)).as("of other people").doesNotContainAnyElementsOf(names(doctor));
        assertThat(intruder.get("/records/" + record + "/content").expect(200).bytes())
                .isEqualTo(twin);
        assertThat(intruder.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .as("a stolen partial key changes nothing")
                .isEqualTo(twin);

        assertThat(unwrappedAtA()).as("keys unwrapped at A meanwhile").isEqualTo(unwrapped);
        assertThat(system.serverLog().subList(logged, system.serverLog().size()))
                .noneMatch(line -> line.contains("UNWRAP original") && line.contains(record));
    }

    @Test
    void aPlantedAccountSeesTheTwinOnlyAndIsOneIncident() throws SQLException {
        String key = journey.grant(record);
        int before = seen(honeyIncidents());

        seesTheTwinOnly(system.freshly("honey.doctor"), key);

        var raised = honeyIncidents();
        assertThat(seen(raised)).as("once a session, however much it asks for").isEqualTo(before + 1);
        assertThat(raised)
                .allSatisfy(incident -> assertThat(incident.getInt("severity")).isEqualTo(9));
        system.freshly("honey.doctor").get("/records").expect(200);
        assertThat(honeyIncidents())
                .as("another session of the same account is more of the same")
                .hasSameSizeAs(raised);
        assertThat(seen(honeyIncidents())).isEqualTo(before + 2);
        theBrowserShowsTheTwin();
        assertThat(honeyIncidents()).hasSameSizeAs(raised);
    }

    private static int seen(List<JsonObject> incidents) {
        return incidents.stream().mapToInt(incident -> incident.getInt("count")).sum();
    }

    private void theBrowserShowsTheTwin() {
        try (var browser = new Browser(system)) {
            Page page = browser.as("honey.doctor");
            browser.go(page, "/doctor/index.xhtml");
            assertThat(page.locator("main")).not().containsText("Asha Rao");
            browser.go(page, "/doctor/record.xhtml?id=" + record);
            assertThat(page.locator("main")).isVisible();
            assertThat(page.locator("main")).not().containsText("Asha Rao");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whoeverGuessesLongEnoughIsLetInAsSomebodyElse() throws SQLException {
        String key = journey.grant(record);
        int before = honeyIncidents().size();

        Optional<Api> intruder = Optional.empty();
        int guesses = 0;
        while (intruder.isEmpty() && guesses < GUESSES) {
            intruder = system.guess("dr.guess" + guesses / 4, "Spring-" + guesses);
            guesses++;
        }

        assertThat(intruder).as("after %s different guesses", guesses).isPresent();
        seesTheTwinOnly(intruder.orElseThrow(), key);
        assertThat(honeyIncidents()).hasSizeGreaterThan(before);
    }

    /**
     * Somebody who mistypes her own password is no guesser. She signs in after each slip: two slips within a second are no person's, and
     * Keycloak makes whoever is so quick wait.
     */
    @Test
    void aPersonWhoMistypesAndThenRemembersIsHerself() {
        String key = new Journey(owner, system.person("dora.doctor")).grant(record);
        int before = honeyIncidents().size();
        for (int slip = 0; slip < 3; slip++) {
            system.guess("dora.doctor", "demo-dora-docto");
            assertThat(system.freshlyAs("doctor")
                            .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                            .expect(200)
                            .bytes())
                    .isEqualTo(original);
        }
        assertThat(honeyIncidents()).hasSize(before);
    }
}

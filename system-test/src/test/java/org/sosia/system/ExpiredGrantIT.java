package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An approval ends by itself, everywhere at once, and nobody who was approved is taken for a guesser. */
class ExpiredGrantIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.freshlyAs("doctor");
    private final Journey journey = new Journey(owner, doctor);
    private final byte[] original = "Blood pressure 120/80.\n".getBytes(UTF_8);
    private final String record =
            journey.upload("note", "note.txt", "text/plain", original).getString("id");

    private Api.Answer open(String key) {
        return doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key);
    }

    private String state(Api person, String request) {
        return person.get("/requests?limit=100").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .filter(item -> item.getString("id").equals(request))
                .map(item -> item.getString("state"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> incidents() {
        return system.as("security-desk").get("/alerts?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void anApprovalOfSecondsOpensUntilItEndsAndNotAfter() {
        String request = journey.request(record);
        JsonObject approval = owner.post("/requests/" + request + "/approve", "{\"expires\":\"PT20S\"}")
                .expect(200)
                .json();
        String key = approval.getString("partialKey");
        assertThat(open(key).expect(200).bytes()).isEqualTo(original);
        var before = incidents();

        RunningSystem.await(
                "the request reads EXPIRED",
                PATIENCE,
                () -> state(doctor, request).equals("EXPIRED"));

        assertThat(state(owner, request)).isEqualTo("EXPIRED");
        assertThat(open(key).expect(200).bytes()).isNotEqualTo(original);
        assertThat(doctor.get("/records/" + record).expect(200).json().getString("access"))
                .isEqualTo("NONE");
        assertThat(open(key).expect(200).bytes()).isNotEqualTo(original);
        assertThat(incidents()).as("a person whose time is over is no guesser").isEqualTo(before);
        assertThat(open(journey.grant(record)).expect(200).bytes())
                .as("she asks again, and reads again")
                .isEqualTo(original);
        theScreensSaySo();
    }

    private void theScreensSaySo() {
        String lapsed =
                journey.upload("note", "note.txt", "text/plain", original).getString("id");
        owner.post("/requests/" + journey.request(lapsed) + "/approve", "{\"expires\":\"PT1S\"}")
                .expect(200);
        RunningSystem.await(
                "the grant has ended",
                PATIENCE,
                () -> doctor.get("/records/" + lapsed)
                        .expect(200)
                        .json()
                        .getString("access")
                        .equals("NONE"));
        try (var browser = new Browser(system)) {
            Page page = browser.as("dora.doctor");
            browser.go(page, "/doctor/record.xhtml?id=" + lapsed);
            assertThat(page.locator("main")).containsText("Your access has expired");
            assertThat(page.locator("a[href*='download']")).hasCount(0);

            Page desk = browser.as("olga.owner");
            browser.go(desk, "/owner/record.xhtml?id=" + lapsed);
            assertThat(desk.locator(".requests")).containsText("Expired");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The cloud looks at the clock itself: it converts no half whose time is over, whatever the request says. */
    @Test
    void theCloudRefusesAnExpiredHalfThoughTheRequestLooksAlive() throws Exception {
        JsonObject approval = journey.approve(journey.request(record));
        String key = approval.getString("partialKey");
        assertThat(open(key).expect(200).bytes()).isEqualTo(original);

        try (var store = system.inside('a');
                var past = store.prepareStatement(
                        "UPDATE half SET expires_at = now() - interval '1 second' WHERE id = ?")) {
            past.setObject(1, UUID.fromString(approval.getString("grant")));
            assertThat(past.executeUpdate()).isEqualTo(1);
        }

        assertThat(open(key).expect(200).bytes()).isNotEqualTo(original);
    }
}

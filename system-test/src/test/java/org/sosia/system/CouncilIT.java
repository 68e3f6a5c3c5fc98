package org.sosia.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Three key authorities become a council at the screens, two of them make a doctor's key, and she opens a record with it. Afterwards
 * nobody makes keys alone any more: it runs where no other test needs that.
 */
class CouncilIT {
    private static final RunningSystem SYSTEM = RunningSystem.started();
    private static final Browser BROWSER = new Browser(SYSTEM);

    /** The account of uma.unregistered, whom nobody has registered yet. */
    private static final String UMA = "7aec4b59-b0f0-5583-beb3-b1a0d5453b60";

    private static final byte[] NOTE = "Sinus rhythm.\n".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Page> authorities = new LinkedHashMap<>();
    private final Map<String, String> seatKeys = new LinkedHashMap<>();

    @AfterAll
    static void closeTheBrowser() {
        BROWSER.close();
    }

    private static Locator button(Page page, String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void press(Locator target) {
        assertThat(target).isVisible();
        target.press("Enter");
    }

    private static String seated(Page page) {
        assertThat(page.locator("[id='state:next']")).containsText("It is your turn");
        press(button(page, "Take my seat"));
        Locator dialog = page.locator(".ui-dialog:visible");
        assertThat(dialog).containsText("It is shown once");
        String key = dialog.locator("#seat-key").textContent().strip();
        press(dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Close").setExact(true))
                .last());
        assertThat(dialog).hasCount(0);
        return key;
    }

    @Test
    void threeAuthoritiesBecomeACouncilAndMakeADoctorsKeyTogether() {
        for (String name : List.of("kim.keys", "kara.keys", "kofi.keys")) {
            Page page = BROWSER.as(name);
            BROWSER.go(page, "/authority/council.xhtml");
            authorities.put(name, page);
        }
        Page kim = authorities.values().iterator().next();
        for (String name : List.of("Kim Keys", "Kara Keys", "Kofi Keys")) {
            kim.getByLabel(Pattern.compile(name)).check();
        }
        press(button(kim, "Begin a ceremony"));
        assertThat(kim.locator("main")).containsText("The ceremony has begun");

        // Whoever looks at the page sees it come, and what she has to do; and who is being waited for.
        authorities.forEach((name, page) -> seatKeys.put(name, seated(page)));
        assertThat(Browser.accessibilityFaults(kim)).isEmpty();
        authorities.forEach((name, page) -> {
            assertThat(page.locator("[id='state:next']")).containsText("receive your share");
            page.locator("[id='step:seatKey']").fill(Objects.requireNonNull(seatKeys.get(name)));
            press(button(page, "Receive my share"));
            assertThat(page.locator("[id='step:seatKey']")).hasCount(0);
        });
        assertThat(kim.locator("main")).containsText("A council");
        assertThat(kim.locator("[id='state:next']")).containsText("in office");
        Browser.picture(kim, "authority-council");

        String record = journey().upload("note", "note.txt", "text/plain", NOTE).getString("id");
        SYSTEM.freshlyAs("key-authority")
                .post(
                        "/registrations",
                        "{\"subject\":\"" + UMA + "\",\"name\":\"Uma Unregistered\",\"role\":\"doctor\","
                                + "\"attributes\":[\"role:doctor\",\"department:cardiology\"]}")
                .expect(201);
        SYSTEM.as("cloud-operator")
                .post("/registrations/" + UMA + "/approve", "{}")
                .expect(200);
        for (String name : List.of("kara.keys", "kofi.keys")) {
            Page page = Objects.requireNonNull(authorities.get(name));
            BROWSER.go(page, "/authority/orders.xhtml");
            Locator order = page.locator("[id='list:rows_data'] tr")
                    .filter(new Locator.FilterOptions().setHasText("Uma Unregistered"));
            assertThat(order).containsText(name.equals("kara.keys") ? "0 / 2" : "1 / 2");
            press(order.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Agree: Uma Unregistered")));
            Locator dialog = page.locator(".ui-dialog:visible");
            assertThat(dialog).containsText("Uma Unregistered");
            dialog.locator("[id='give:seatKey']").fill(Objects.requireNonNull(seatKeys.get(name)));
            press(dialog.getByRole(
                    AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Agree").setExact(true)));
            assertThat(dialog).hasCount(0);
        }
        assertThat(Objects.requireNonNull(authorities.get("kofi.keys")).locator("main"))
                .containsText("The key of Uma Unregistered is made");

        Api uma = SYSTEM.freshly("uma.unregistered");
        String key = new Journey(SYSTEM.as("data-owner"), uma).grant(record);
        assertThat(uma.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
        authorities.values().forEach(page -> page.context().close());
        assertThat(BROWSER.complaints()).isEmpty();
    }

    private static Journey journey() {
        return new Journey(SYSTEM.as("data-owner"), SYSTEM.as("doctor"));
    }
}
